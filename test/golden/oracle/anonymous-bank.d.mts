export interface InboundTotals {
  inbound: number;
  inbound_answered: number;
  inbound_abandoned: number;
  inbound_talk_s: number;
}

/**
 * `byAgent` by name (`unassigned` for nobody's), `byHour` by ISO instant of the hour, `byLocalHour` by hour of the day.
 * @throws Error on a row that cannot be read
 */
export function anonymousBank(folder: string): {
  total: InboundTotals;
  byAgent: Record<string, InboundTotals & Record<string, number>>;
  byHour: Record<string, InboundTotals & Record<string, number>>;
  byLocalHour: Record<string, InboundTotals & Record<string, number>>;
  rows: { all: number; phantom: number; hungUpInMenu: number; answeredWithoutServer: number };
};
