/** What events of a phone system say when a test does not mind: nothing but that they are of it. */
export const BARE_EVENT = {
  provider: 'twilio',
  account: 'AC1',
  sequence: null,
  result: null,
  durationMs: null,
  answeredBy: null,
  agentParam: null,
  campaignParam: null,
  occurredAtReceived: false,
} as const;
