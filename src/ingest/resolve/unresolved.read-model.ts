/**
 * Calls of nobody, by the address that could not be resolved. A fact does not keep what it was resolved from, so the
 * newest of these calls are derived again from their legs, up to a limit.
 */

import type { Pool } from 'pg';
import { type AgentRef, deriveCall, type LegState } from '../../calls/index.js';
import { type OwnNumbers, settingsVersion } from '../../organisation/index.js';
import type { Clock } from '../../platform/index.js';
import { NO_NUMBER } from '../../shared/mask-number.js';
import type { UnresolvedAddress } from '../../shared/organisation.js';

const CALLS_MAX = 5_000;
const CHUNK = 500;
const EXAMPLES = 5;
const SHOWN_MAX = 200;
/** A change of settings makes what is kept void at once. */
const KEPT_MS = 10_000;
/** The badge of a menu asks often and may be a minute late. */
const COUNT_KEPT_MS = 60_000;

export interface Unresolved {
  addresses: UnresolvedAddress[];
  withoutAddress: number;
  /** Start of the oldest call looked at. */
  since: string | null;
}

interface Group {
  ref: AgentRef;
  calls: number;
  firstAt: number;
  lastAt: number;
  examples: string[];
}

interface UnassignedRow {
  key: string;
  legs: LegState[];
  startedAt: number;
  /** The same with microseconds. */
  exact: string;
}

export class UnresolvedReadModel {
  private kept: { version: number; at: number; value: Unresolved } | null = null;

  constructor(
    private readonly pool: Pool,
    private readonly numbers: OwnNumbers,
    private readonly clock: Clock,
  ) {}

  read(): Promise<Unresolved> {
    return this.notOlderThan(KEPT_MS);
  }

  async count(): Promise<number> {
    return (await this.notOlderThan(COUNT_KEPT_MS)).addresses.length;
  }

  private async notOlderThan(maxMs: number): Promise<Unresolved> {
    const version = await settingsVersion(this.pool);
    const now = this.clock.now();
    const { kept } = this;
    if (kept !== null && kept.version === version && now - kept.at < maxMs) return kept.value;
    const value = await this.look();
    this.kept = { version, at: now, value };
    return value;
  }

  private async look(): Promise<Unresolved> {
    const groups = new Map<string, Group>();
    let withoutAddress = 0;
    let last: UnassignedRow | undefined;
    for (let seen = 0; seen < CALLS_MAX; ) {
      const rows = await this.chunk(last);
      for (const row of rows) if (!add(groups, row)) withoutAddress++;
      seen += rows.length;
      last = rows.at(-1) ?? last;
      if (rows.length < CHUNK) break;
    }
    return {
      addresses: await this.named([...groups.values()]),
      withoutAddress,
      since: last === undefined ? null : new Date(last.startedAt).toISOString(),
    };
  }

  /** Newest first. Walks call_agent backwards. */
  private async chunk(behind: UnassignedRow | undefined): Promise<UnassignedRow[]> {
    const { rows } = await this.pool.query<UnassignedRow>(
      `SELECT key, legs, (extract(epoch FROM started_at) * 1000)::float8 AS "startedAt", started_at::text AS exact
       FROM call WHERE agent_id = 0 AND direction <> 'internal'
         AND (started_at, key) < (coalesce($1::timestamptz, 'infinity'), coalesce($2::text, ''))
       ORDER BY started_at DESC, key DESC LIMIT $3`,
      [behind?.exact ?? null, behind?.key ?? null, CHUNK],
    );
    return rows;
  }

  private async named(groups: Group[]): Promise<UnresolvedAddress[]> {
    const shown = groups.sort((a, b) => b.calls - a.calls || (a.ref.value < b.ref.value ? -1 : 1)).slice(0, SHOWN_MAX);
    const masks = await this.numbers.masked(
      this.pool,
      shown.flatMap(({ ref }) => (ref.scheme === 'tel' ? [ref.value] : [])),
    );
    return shown.map(({ ref, calls, firstAt, lastAt, examples }) => ({
      kind: ref.scheme === 'tel' ? 'number' : 'client',
      label: ref.scheme === 'tel' ? (masks.get(ref.value) ?? NO_NUMBER) : ref.value,
      numberRef: ref.scheme === 'tel' ? ref.value : null,
      calls,
      firstAt: new Date(firstAt).toISOString(),
      lastAt: new Date(lastAt).toISOString(),
      examples,
    }));
  }
}

/** False when the call names nobody at all. Rows come newest first. */
function add(groups: Map<string, Group>, { key, legs, startedAt }: UnassignedRow): boolean {
  const [ref] = deriveCall(new Map(legs.map((leg) => [leg.id, leg]))).owner;
  if (ref === undefined) return false;
  const id = `${ref.scheme}:${ref.value}`;
  const group = groups.get(id) ?? { ref, calls: 0, firstAt: startedAt, lastAt: startedAt, examples: [] };
  group.calls++;
  group.firstAt = Math.min(group.firstAt, startedAt);
  group.lastAt = Math.max(group.lastAt, startedAt);
  if (group.examples.length < EXAMPLES) group.examples.push(key);
  groups.set(id, group);
  return true;
}
