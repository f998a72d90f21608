/** What a file of people would change. Pure: the file and the organisation as it is in, a plan or its errors out. */
import { AppError, type ErrorCode } from '../../platform/index.js';
import {
  type AddressKind,
  type AgentDisplay,
  type AgentStatus,
  PEOPLE_COLUMNS,
  type PeopleColumn,
  type PeopleImportError,
} from '../../shared/organisation.js';
import { ADDRESS_KINDS, addressText, type Scheme, schemeOf } from '../agents/address-kind.js';
import { date, name as nameSchema } from '../input.js';
import type { PeopleRow } from './people-csv.js';

export interface KnownAgent {
  id: number;
  name: string;
  status: AgentStatus;
  display: AgentDisplay;
  employedFrom: string | null;
  employedUntil: string | null;
  /** Team from the next quarter hour on. */
  teamId: number;
  /** Masked numbers, as an export shows them. */
  masks: ReadonlySet<string>;
}

/** The organisation as the plan needs it. */
export interface Known {
  /** Those who can be changed. */
  agents: ReadonlyMap<number, KnownAgent>;
  byName: ReadonlyMap<string, readonly number[]>;
  /** `scheme:value` → agent id, of all agents. */
  addresses: ReadonlyMap<string, number>;
  /** Path in small letters → id, open teams only. */
  teams: ReadonlyMap<string, number>;
  /** Number as given → surrogate id, null for what is no number. */
  numberRefs: ReadonlyMap<string, string | null>;
  newAgentsTeamId: number;
}

export interface PlannedAddress {
  kind: AddressKind;
  scheme: Scheme;
  value: string;
}

export interface PlannedRow {
  line: number;
  /** Null: to be made. */
  agent: KnownAgent | null;
  name: string;
  status: AgentStatus;
  display: AgentDisplay;
  employedFrom: string | null;
  employedUntil: string | null;
  /** Null: stays where it is. */
  teamId: number | null;
  /** The team counts from the beginning: nobody has looked at this agent before. */
  fromBeginning: boolean;
  newAddresses: PlannedAddress[];
  changes: PeopleColumn[];
}

export interface Plan {
  rows: PlannedRow[];
  errors: PeopleImportError[];
}

const EXAMPLE_TEAM = 'North / Team A';

export function planPeople(rows: readonly PeopleRow[], known: Known): Plan {
  const plan: Plan = { rows: [], errors: [] };
  const seen = { agents: new Map<string, number>(), addresses: new Map<string, number>() };
  for (const row of rows) {
    const planner = new RowPlanner(row, known, seen, plan.errors);
    const planned = planner.plan();
    if (planned !== null) plan.rows.push(planned);
  }
  return plan;
}

interface Seen {
  /** Who a row is about → its line. */
  agents: Map<string, number>;
  addresses: Map<string, number>;
}

class RowPlanner {
  private failed = false;

  constructor(
    private readonly row: PeopleRow,
    private readonly known: Known,
    private readonly seen: Seen,
    private readonly errors: PeopleImportError[],
  ) {}

  plan(): PlannedRow | null {
    const name = this.name();
    const addresses = this.addresses();
    const found = name === null ? undefined : this.agent(name, addresses);
    if (name === null || found === undefined) return null;
    const newAddresses = this.newAddresses(addresses, found);
    this.requireOnce(found, name, addresses);
    const planned = this.fields(name, found, newAddresses);
    return this.failed ? null : planned;
  }

  private cell(column: PeopleColumn): string | undefined {
    return this.row.cells.get(column);
  }

  private fail(column: PeopleColumn | null, code: ErrorCode, params: Record<string, string | number> = {}): void {
    this.failed = true;
    const { sentence, fix } = new AppError(code, { params });
    this.errors.push({ line: this.row.line, column, code, message: sentence, ...(fix === undefined ? {} : { fix }) });
  }

  private invalid(column: PeopleColumn, allowed: string): void {
    this.fail(column, 'import_value_invalid', { column, allowed });
  }

  private name(): string | null {
    const parsed = nameSchema.safeParse(this.cell('name') ?? '');
    if (parsed.success) return parsed.data;
    this.invalid('name', '1–80');
    return null;
  }

  /** Addresses as stored; a masked number stands for one the agent has and is left out. */
  private addresses(): (PlannedAddress | { mask: string })[] {
    const found: (PlannedAddress | { mask: string })[] = [];
    for (const kind of ADDRESS_KINDS) {
      const values = (this.cell(kind) ?? '').split(';').map((value) => value.trim());
      for (const value of values.filter((one) => one !== '')) {
        if (kind === 'number' && value.includes('*')) found.push({ mask: value });
        else {
          const stored = kind === 'number' ? this.known.numberRefs.get(value) : addressText.safeParse(value).data;
          if (stored === undefined || stored === null) this.fail(kind, 'address_invalid', { kind });
          else found.push({ kind, scheme: schemeOf(kind), value: stored });
        }
      }
    }
    return found;
  }

  /** By id, else by an address, else by a name nobody else has; null: a new agent; undefined: cannot be told. */
  private agent(
    name: string,
    addresses: readonly (PlannedAddress | { mask: string })[],
  ): KnownAgent | null | undefined {
    const id = this.cell('id');
    if (id !== undefined) {
      const agent = /^\d{1,10}$/.test(id) ? this.known.agents.get(Number(id)) : undefined;
      if (agent === undefined) this.fail('id', 'import_agent_unknown');
      return agent;
    }
    const owners = new Set(addresses.flatMap((address) => this.ownerOf(address) ?? []));
    const candidates = owners.size > 0 ? [...owners] : (this.known.byName.get(name) ?? []);
    if (candidates.length > 1) {
      this.fail('name', 'import_agent_ambiguous', { agents: candidates.map((one) => `#${one}`).join(', ') });
      return undefined;
    }
    const [only] = candidates;
    if (only === undefined) return null;
    const agent = this.known.agents.get(only);
    if (agent === undefined) this.fail(null, 'agent_gone');
    return agent;
  }

  private ownerOf(address: PlannedAddress | { mask: string }): number | undefined {
    return 'mask' in address ? undefined : this.known.addresses.get(`${address.scheme}:${address.value}`);
  }

  private newAddresses(
    addresses: readonly (PlannedAddress | { mask: string })[],
    agent: KnownAgent | null,
  ): PlannedAddress[] {
    const fresh = new Map<string, PlannedAddress>();
    for (const address of addresses) {
      if ('mask' in address) {
        if (agent?.masks.has(address.mask) !== true) this.fail('number', 'import_number_masked');
        continue;
      }
      const key = `${address.scheme}:${address.value}`;
      const owner = this.known.addresses.get(key);
      const line = this.seen.addresses.get(key);
      if (owner !== undefined && owner !== agent?.id) this.fail(address.kind, 'address_taken', { id: owner });
      else if (line !== undefined && line !== this.row.line)
        this.fail(address.kind, 'import_address_repeated', { line });
      else if (owner === undefined) fresh.set(key, address);
      this.seen.addresses.set(key, this.row.line);
    }
    return [...fresh.values()];
  }

  private requireOnce(
    agent: KnownAgent | null,
    name: string,
    addresses: readonly (PlannedAddress | { mask: string })[],
  ): void {
    if (agent === null && addresses.length > 0) return;
    const key = agent === null ? `name:${name}` : `id:${agent.id}`;
    const line = this.seen.agents.get(key);
    if (line !== undefined) this.fail(null, 'import_row_repeated', { line });
    else this.seen.agents.set(key, this.row.line);
  }

  private fields(name: string, agent: KnownAgent | null, newAddresses: PlannedAddress[]): PlannedRow {
    const team = this.team();
    const wanted = this.choice('status', ['active', 'left', ...(agent?.status === 'new' ? (['new'] as const) : [])]);
    const teamId = team ?? (agent === null ? this.known.newAgentsTeamId : agent.teamId);
    const placed =
      agent?.status === 'new' && (wanted === 'active' || (wanted === undefined && teamId !== agent.teamId));
    const planned = {
      name,
      status: wanted ?? (agent === null || placed ? 'active' : agent.status),
      display: this.choice('display', ['public', 'hidden']) ?? agent?.display ?? 'public',
      employedFrom: this.date('employed_from') ?? agent?.employedFrom ?? null,
      employedUntil: this.date('employed_until') ?? agent?.employedUntil ?? null,
    };
    const { employedFrom, employedUntil } = planned;
    if (employedFrom !== null && employedUntil !== null && employedUntil < employedFrom) {
      this.fail('employed_until', 'dates_reversed');
    }
    const moves = teamId !== agent?.teamId;
    const changes = changedColumns(agent, planned, moves, newAddresses);
    return {
      line: this.row.line,
      agent,
      ...planned,
      teamId: moves ? teamId : null,
      fromBeginning: agent === null || agent.status === 'new',
      newAddresses,
      changes,
    };
  }

  private team(): number | undefined {
    const path = this.cell('team');
    if (path === undefined) return undefined;
    const key = path
      .split('/')
      .map((part) => part.trim().toLowerCase())
      .join(' / ');
    const id = this.known.teams.get(key) ?? this.known.teams.get(path.toLowerCase());
    if (id === undefined) this.invalid('team', EXAMPLE_TEAM);
    return id;
  }

  private choice<T extends string>(column: PeopleColumn, allowed: readonly T[]): T | undefined {
    const value = this.cell(column);
    if (value === undefined) return undefined;
    const found = allowed.find((one) => one === value.toLowerCase());
    if (found === undefined) this.invalid(column, allowed.join(', '));
    return found;
  }

  private date(column: 'employed_from' | 'employed_until'): string | undefined {
    const value = this.cell(column);
    if (value === undefined) return undefined;
    const parsed = date.safeParse(value);
    if (!parsed.success) this.invalid(column, '2026-03-14');
    return parsed.data;
  }
}

type Fields = Pick<PlannedRow, 'name' | 'status' | 'display' | 'employedFrom' | 'employedUntil'>;

function changedColumns(
  agent: KnownAgent | null,
  now: Fields,
  moves: boolean,
  newAddresses: readonly PlannedAddress[],
): PeopleColumn[] {
  const changed = new Set<PeopleColumn>(newAddresses.map(({ kind }) => kind));
  if (moves) changed.add('team');
  if (now.name !== agent?.name) changed.add('name');
  if (now.status !== agent?.status) changed.add('status');
  if (now.display !== (agent?.display ?? 'public')) changed.add('display');
  if (now.employedFrom !== (agent?.employedFrom ?? null)) changed.add('employed_from');
  if (now.employedUntil !== (agent?.employedUntil ?? null)) changed.add('employed_until');
  return PEOPLE_COLUMNS.filter((column) => changed.has(column));
}
