/** Plain call events, written down from telephony's contract. Nothing in this folder imports the product. */

export type Party =
  | { kind: 'tel'; ref: string }
  | { kind: 'client'; identity: string }
  | { kind: 'sip'; identity: string }
  | { kind: 'anonymous' }
  | { kind: 'none' };

export type Detection = 'human' | 'machine' | 'fax' | 'unknown';
export type Result = 'completed' | 'no-answer' | 'busy' | 'failed' | 'canceled' | 'invalid';

export interface OracleEvent {
  provider: string;
  account: string;
  type:
    | 'leg.initiated'
    | 'leg.ringing'
    | 'leg.answered'
    | 'leg.ended'
    | 'leg.analysis'
    | 'leg.recording'
    | 'call.stale';
  legId: string;
  parentLegId: string | null;
  direction: 'inbound' | 'outbound-api' | 'outbound-dial' | null;
  sequence: number | null;
  result: Result | null;
  /** Milliseconds. */
  durationMs: number | null;
  answeredBy: Detection | null;
  agentParam: string | null;
  campaignParam: string | null;
  /** Epoch ms. */
  occurredAt: number;
  occurredAtReceived: boolean;
  from: Party;
  to: Party;
}
