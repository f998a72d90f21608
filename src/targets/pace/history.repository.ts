/** What scopes did on the days before: figures by quarter hour, for profiles and projections. */
import type { PoolClient } from 'pg';
import { businessDayBounds, type TeamTree } from '../../organisation/index.js';
import { scopeKey, type TargetScope, type TargetScopeKey } from '../../shared/targets.js';
import { plusDays } from '../calendar/periods.js';
import type { Figure } from '../figures.js';
import type { Zone } from '../zone.js';
import { type PastDay, SLOTS_MAX } from './profile.js';

export const HISTORY_DAYS = 28;
const FETCH_ROWS = 5_000;
const SLOT_MS = 15 * 60_000;

/** A figure with the currency its amounts are of. */
export interface Wanted {
  figure: Figure;
  currency: string | null;
}

export function wantedKey({ figure, currency }: Wanted): string {
  return `${figure.id}|${figure.isMoney ? (currency ?? '') : ''}`;
}

export interface HistoryQuery {
  /** Days before this one. */
  date: string;
  zone: Zone;
  wanted: readonly Wanted[];
  agents: readonly number[];
  tree: TeamTree;
}

type Row = [id: number, date: string, slotStart: number, worked: boolean, ...values: number[]];

/** By figure, then scope: the days on which somebody of the scope worked, oldest first. */
export class History {
  private readonly days = new Map<string, Map<string, PastDay>>();
  private readonly worked = new Set<string>();
  private readonly starts = new Map<string, number>();

  constructor(
    private readonly zone: Zone,
    private readonly keys: readonly string[],
  ) {}

  of(wanted: Wanted, scope: TargetScope): PastDay[] {
    const scoped = scopeKey(scope);
    const days = [...(this.days.get(`${wantedKey(wanted)}#${scoped}`)?.values() ?? [])];
    return days.filter(({ date }) => this.worked.has(`${scoped}#${date}`)).sort((a, b) => (a.date < b.date ? -1 : 1));
  }

  add(scopes: readonly TargetScopeKey[], [, date, slotStart, worked, ...values]: Row): void {
    const index = Math.floor((slotStart - this.startOf(date)) / SLOT_MS);
    for (const scope of scopes) {
      if (worked) this.worked.add(`${scope}#${date}`);
      for (const [place, value] of values.entries()) {
        const day = this.dayOf(`${this.keys[place]}#${scope}`, date);
        // A site that counts its days otherwise; its own targets are loaded in its own zone.
        if (index >= 0 && index < SLOTS_MAX) day.slots[index] = (day.slots[index] ?? 0) + value;
      }
    }
  }

  private dayOf(key: string, date: string): PastDay {
    const days = this.days.get(key) ?? new Map<string, PastDay>();
    this.days.set(key, days);
    const day = days.get(date) ?? { date, slots: new Float32Array(SLOTS_MAX) };
    days.set(date, day);
    return day;
  }

  private startOf(date: string): number {
    const known = this.starts.get(date) ?? businessDayBounds(date, this.zone.timeZone, this.zone.dayStartMinutes).start;
    this.starts.set(date, known);
    return known;
  }
}

/** `tx` is in a transaction. Two passes over the slots of 28 days: of all teams, and of the people asked for. */
export async function loadHistory(tx: PoolClient, query: HistoryQuery): Promise<History> {
  const unique = [...new Map(query.wanted.map((one) => [wantedKey(one), one])).values()];
  const history = new History(query.zone, unique.map(wantedKey));
  if (unique.length === 0) return history;
  const lines = new Map<number, TargetScopeKey[]>();
  const teamScopes = (team: number): TargetScopeKey[] => {
    const known = lines.get(team) ?? [
      'organisation' as const,
      ...query.tree.lineOf(team).map(({ id }) => scopeKey({ kind: 'team', id })),
    ];
    lines.set(team, known);
    return known;
  };
  await scan(tx, query, unique, 'team_id', null, (row) => history.add(teamScopes(row[0]), row));
  if (query.agents.length > 0) {
    await scan(tx, query, unique, 'agent_id', query.agents, (row) => history.add([`agent:${row[0]}`], row));
  }
  return history;
}

async function scan(
  tx: PoolClient,
  { date, zone }: HistoryQuery,
  wanted: readonly Wanted[],
  column: 'team_id' | 'agent_id',
  agents: readonly number[] | null,
  take: (row: Row) => void,
): Promise<void> {
  const from = plusDays(date, -HISTORY_DAYS);
  const values: unknown[] = [
    from,
    date,
    businessDayBounds(from, zone.timeZone, zone.dayStartMinutes).start,
    businessDayBounds(date, zone.timeZone, zone.dayStartMinutes).start,
    agents,
  ];
  const sums = wanted.map((one) => sumSql(one, (value) => `$${values.push(value)}`));
  // The range serves the primary key; zones differ by less than a day and a half.
  await tx.query(
    `DECLARE target_history NO SCROLL CURSOR FOR
     SELECT r.${column}, r.business_date::text, (extract(epoch FROM r.slot_start) * 1000)::float8,
       bool_or(r.dials + r.inbound + r.available_ms + r.on_call_ms + r.wrap_up_ms > 0), ${sums.join(', ')}
     FROM rollup_slot r LEFT JOIN campaign c ON c.id = r.campaign_id
     WHERE r.slot_start >= to_timestamp($3::float8 / 1000) - interval '36 hours'
       AND r.slot_start < to_timestamp($4::float8 / 1000) + interval '36 hours'
       AND r.business_date >= $1 AND r.business_date < $2 AND ($5::integer[] IS NULL OR r.agent_id = ANY($5::integer[]))
     GROUP BY 1, 2, r.slot_start`,
    values,
  );
  for (;;) {
    const { rows } = await tx.query<Row>({ text: `FETCH ${FETCH_ROWS} FROM target_history`, rowMode: 'array' });
    if (rows.length === 0) break;
    for (const row of rows) take(row);
  }
  await tx.query('CLOSE target_history');
}

/** Columns and factors come from the catalog, never from a request. */
function sumSql({ figure, currency }: Wanted, add: (value: unknown) => string): string {
  const terms = figure.parts.map(({ column, factor }) => `r.${column} * ${factor}::float8`);
  const sum = `sum(${terms.join(' + ')})`;
  const filter = figure.isMoney ? ` FILTER (WHERE c.currency = ${add(currency)}::text)` : '';
  return `coalesce(${sum}${filter}, 0)::float8`;
}
