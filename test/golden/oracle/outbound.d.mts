export type OutboundTotals = { dials: number; connects: number; talk_s: number } & Record<string, number>;

/** `byHour` by ISO instant of the hour in which the customer's leg starts; `byMonth` by the file's month names. */
export interface OutboundOracle {
  total: OutboundTotals & { sales: number };
  byAgent: Record<string, OutboundTotals>;
  byHour: Record<string, OutboundTotals>;
  byMonth: Record<string, OutboundTotals>;
  /** By agent and by local date. */
  conversions: Record<'byAgent' | 'byDate', Record<string, Conversions>>;
}

export type Conversions = Record<'connects' | 'sales' | 'contacts' | 'first_call_sales', number> & {
  /** Null without a connect. */
  conversion_rate: number | null;
};

export function carInsurance(folder: string): OutboundOracle;
export function bank(folder: string): OutboundOracle;

export interface OutboundCall {
  agent: string;
  /** Epoch seconds: the start of the customer's leg. */
  startAt: number;
  talk: number;
}

/** One for each row, in the order of the file. */
export function carInsuranceCalls(folder: string): OutboundCall[];
