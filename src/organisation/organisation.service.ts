/**
 * The organisation itself: its name, where new agents go, which way up is good news, when customers may be called, and the two
 * windows outcomes are resolved with. The windows count for the past too: facts are made of the present settings alone (a rebuild knows no
 * others), so what was entered before is resolved again with the change.
 */
import type { Pool } from 'pg';
import { isoOf } from '../platform/index.js';
import type { AuditActor } from '../shared/audit.js';
import type {
  Changed,
  OrganisationPatch,
  OrganisationView,
  RecountStatus,
  TrendColours,
} from '../shared/organisation.js';
import type { Affected, AttributionChanged } from './attribution.port.js';
import { changedHours, loadCallingHours, saveCallingHours } from './calling-hours.js';
import { asBefore, changedFields } from './input.js';
import type { SettingsChanges } from './settings-changes.js';
import { loadTeamTree, type Queryable } from './teams/teams.repository.js';
import { requireOpenTeam } from './teams/teams.service.js';

interface OrganisationRow {
  name: string;
  country: string;
  currency: string;
  newAgentsTeamId: number;
  trendColours: TrendColours;
  outcomeWindowMinutes: number;
  callbackWindowMinutes: number;
}

export class OrganisationService {
  constructor(
    private readonly pool: Pool,
    private readonly changes: SettingsChanges,
    private readonly attribution: AttributionChanged,
  ) {}

  read(): Promise<OrganisationView> {
    return view(this.pool);
  }

  async recount(): Promise<RecountStatus> {
    const { tasks, since } = await this.attribution.waiting(this.pool);
    return { waiting: tasks, since: since === null ? null : isoOf(since) };
  }

  change(actor: AuditActor, { callingHours, ...patch }: OrganisationPatch): Promise<Changed<OrganisationView>> {
    return this.changes.run(actor, async (tx) => {
      const old = await row(tx);
      const { name, newAgentsTeamId, trendColours, outcomeWindowMinutes, callbackWindowMinutes } = old;
      const before = { name, newAgentsTeamId, trendColours, outcomeWindowMinutes, callbackWindowMinutes };
      const changed = changedFields(before, patch);
      if (changed.newAgentsTeamId !== undefined) {
        requireOpenTeam(await loadTeamTree(tx), changed.newAgentsTeamId, 'newAgentsTeamId');
      }
      const now = { ...before, ...changed };
      await tx.query(
        `UPDATE organisation SET name = $1, new_agents_team_id = $2, trend_colours = $3, outcome_window_minutes = $4,
           callback_window_minutes = $5`,
        [now.name, now.newAgentsTeamId, now.trendColours, now.outcomeWindowMinutes, now.callbackWindowMinutes],
      );
      const wereHours = await loadCallingHours(tx);
      const hours = changedHours(wereHours, callingHours ?? wereHours);
      if (callingHours !== undefined) await saveCallingHours(tx, callingHours);
      const affected = windowsMoved(changed);
      return {
        ...(affected.length > 0 && { affected }),
        audit: [
          {
            action: 'organisation.changed',
            subject: { kind: 'organisation', id: '1' },
            before: { ...asBefore(before, changed), ...hours.before },
            after: { ...changed, ...hours.after },
          },
        ],
        result: () => view(tx),
      };
    });
  }
}

function windowsMoved(changed: Partial<OrganisationRow>): Affected[] {
  const moved: Affected[] = [];
  if (changed.outcomeWindowMinutes !== undefined) moved.push({ from: null, windows: 'calls' });
  if (changed.callbackWindowMinutes !== undefined) moved.push({ from: null, windows: 'callbacks' });
  return moved;
}

async function row(db: Queryable): Promise<OrganisationRow> {
  const { rows } = await db.query<OrganisationRow>(
    `SELECT name, country, currency, new_agents_team_id AS "newAgentsTeamId", trend_colours AS "trendColours",
       outcome_window_minutes AS "outcomeWindowMinutes", callback_window_minutes AS "callbackWindowMinutes"
     FROM organisation`,
  );
  const [found] = rows;
  if (found === undefined) throw new Error('The organisation was never set up');
  return found;
}

async function view(db: Queryable): Promise<OrganisationView> {
  const { newAgentsTeamId, ...shown } = await row(db);
  const { rows } = await db.query<{ name: string }>('SELECT name FROM team WHERE id = $1', [newAgentsTeamId]);
  const callingHours = await loadCallingHours(db);
  return { ...shown, newAgentsTeam: { id: newAgentsTeamId, name: rows[0]?.name ?? '' }, callingHours };
}
