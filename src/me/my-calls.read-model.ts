import type { CustomerNumbers } from '../customers/index.js';
import { callView, maskNumber } from '../kpi/read/index.js';
import type { Clock, Database } from '../platform/index.js';
import { MY_CALLS_MAX, type MyCall, type MyCalls } from '../shared/me.js';
import { type MyCallRow, MyCallsRepository } from './my-calls.repository.js';
import { ownDay } from './own-day.js';

/** Answers `GET /me/calls`: one's own calls of a business day with what was entered about them. */
export class MyCallsReadModel {
  private readonly repository: MyCallsRepository;

  constructor(
    private readonly database: Pick<Database, 'pool'>,
    private readonly numbers: Pick<CustomerNumbers, 'reveal'>,
    private readonly clock: Clock,
  ) {
    this.repository = new MyCallsRepository(database.pool);
  }

  /** @param date business date; null = today. Throws `not_an_agent`. */
  async ofDay(agentId: number | null, date: string | null): Promise<MyCalls> {
    const day = await ownDay(this.database.pool, agentId, this.clock.now());
    // One more than shown tells whether there are older ones.
    const rows = await this.repository.ofDay(day, date ?? day.today, MY_CALLS_MAX + 1);
    const shown = rows.slice(0, MY_CALLS_MAX);
    const masked = await this.maskedNumbers(shown);
    return {
      agentId: day.agentId,
      date: date ?? day.today,
      timeZone: day.timeZone,
      calls: shown.map((row) => viewOf(row, masked)),
      more: rows.length > shown.length,
    };
  }

  private async maskedNumbers(rows: readonly MyCallRow[]): Promise<Map<string, string>> {
    const ids = [...new Set(rows.flatMap(({ customerRef }) => (customerRef === null ? [] : [customerRef])))];
    const masked = new Map<string, string>();
    for (const [id, sealed] of await this.repository.numbers(ids)) {
      const number = this.numbers.reveal(sealed);
      if (number !== null) masked.set(id, maskNumber(number));
    }
    return masked;
  }
}

function viewOf(row: MyCallRow, masked: Map<string, string>): MyCall {
  const customer = row.customerRef === null ? null : (masked.get(row.customerRef) ?? '****');
  return { ...callView(row, row, customer), currency: row.currency, outcomes: [] };
}
