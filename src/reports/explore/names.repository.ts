/** What keys and filters are called, and the few facts of the organisation questions need. */
import type { PoolClient } from 'pg';
import type { OwnNumbers } from '../../organisation/index.js';
import type { Localised } from '../../shared/api.js';
import type { ReportGrouping } from '../../shared/reports.js';
import { UNASSIGNED_LABEL, UNKNOWN_NUMBER } from './labels.js';

type Queryable = Pick<PoolClient, 'query'>;
export type NamedGrouping = 'agent' | 'team' | 'campaign' | 'disposition' | 'caller_number';

export const NAMED: ReadonlySet<ReportGrouping> = new Set<NamedGrouping>([
  'agent',
  'team',
  'campaign',
  'disposition',
  'caller_number',
]);

const NAMES: Record<Exclude<NamedGrouping, 'caller_number'>, string> = {
  agent: 'SELECT id::text AS key, name AS en, name AS zh FROM agent WHERE id = ANY($1::integer[])',
  team: 'SELECT id::text AS key, name AS en, name AS zh FROM team WHERE id = ANY($1::integer[])',
  campaign: 'SELECT id::text AS key, name AS en, name AS zh FROM campaign WHERE id = ANY($1::integer[])',
  disposition: 'SELECT id::text AS key, name_en AS en, name_zh AS zh FROM disposition WHERE id = ANY($1::integer[])',
};

export class NamesRepository {
  constructor(
    private readonly client: Queryable,
    private readonly numbers: Pick<OwnNumbers, 'masked'>,
  ) {}

  /** By key; key 0 is nobody, nothing, unknown. Own numbers as everywhere: masked. */
  async of(grouping: NamedGrouping, keys: Iterable<string>): Promise<Map<string, Localised>> {
    const wanted = [...new Set(keys)];
    const named = new Map<string, Localised>(wanted.map((key) => [key, { en: key, zh: key }]));
    const known = wanted.filter((key) => key !== '0');
    if (grouping === 'caller_number') {
      const masked = known.length === 0 ? new Map<string, string>() : await this.numbers.masked(this.client, known);
      for (const key of known) named.set(key, same(masked.get(key)) ?? UNKNOWN_NUMBER);
    } else if (known.length > 0) {
      const { rows } = await this.client.query<Localised & { key: string }>(NAMES[grouping], [known]);
      for (const { key, en, zh } of rows) named.set(key, { en, zh });
    }
    if (named.has('0')) named.set('0', UNASSIGNED_LABEL[grouping]);
    return named;
  }

  /** Currency of each campaign, and the organisation's own, for amounts of nothing. */
  async currencies(): Promise<{ own: string; byCampaign: Map<number, string> }> {
    const { rows } = await this.client.query<{ id: number; currency: string }>('SELECT id, currency FROM campaign');
    const { rows: organisation } = await this.client.query<{ currency: string }>('SELECT currency FROM organisation');
    return {
      own: organisation[0]?.currency ?? '',
      byCampaign: new Map(rows.map(({ id, currency }) => [id, currency])),
    };
  }

  /** The team each agent is in at an instant (epoch ms); who is in none is left out. */
  async teamsAt(agents: readonly string[], instant: number): Promise<Map<string, string>> {
    const { rows } = await this.client.query<{ agent: string; team: string }>(
      `SELECT DISTINCT ON (agent_id) agent_id::text AS agent, team_id::text AS team FROM team_membership
       WHERE agent_id = ANY($1::integer[]) AND valid_from <= to_timestamp($2::float8 / 1000)
       ORDER BY agent_id, valid_from DESC`,
      [[...agents], instant],
    );
    return new Map(rows.filter(({ team }) => team !== '0').map(({ agent, team }) => [agent, team]));
  }
}

function same(text: string | undefined): Localised | undefined {
  return text === undefined ? undefined : { en: text, zh: text };
}
