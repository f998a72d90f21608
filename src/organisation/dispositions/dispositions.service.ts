/**
 * Dispositions: what people say about a call. Names, order and required fields change freely; flags of one that some
 * outcome has stay, because they decide what that outcome counts as. None is ever deleted.
 */
import type { Pool, PoolClient } from 'pg';
import { AppError, type Clock } from '../../platform/index.js';
import type { AuditActor } from '../../shared/audit.js';
import type { Changed } from '../../shared/organisation.js';
import type { DispositionCreate, DispositionPatch, DispositionView, OutcomeChoices } from '../../shared/outcomes.js';
import type { SettingsChanges } from '../settings-changes.js';
import { DEFAULT_CAMPAIGN } from '../settings-snapshot.js';
import type { Queryable } from '../teams/teams.repository.js';
import {
  campaignOf,
  type DispositionFields,
  type DispositionRow,
  insertDisposition,
  loadDispositions,
  updateDisposition,
} from './dispositions.repository.js';
import { impliedFlags, impossibleRequirement, orderedFields } from './flags.js';

const POSITION_STEP = 10;

export class DispositionsService {
  constructor(
    private readonly pool: Pool,
    private readonly changes: SettingsChanges,
    private readonly clock: Clock,
  ) {}

  /** `campaignId`: those one can choose in it, without archived ones. Undefined: all. */
  async list(campaignId?: number): Promise<DispositionView[]> {
    const all = (await loadDispositions(this.pool)).map(viewOf);
    if (campaignId === undefined) return all;
    return all.filter((one) => !one.archived && (one.campaignId === null || one.campaignId === campaignId));
  }

  /** What can be chosen in a campaign, and its currency. Undefined: the default campaign. */
  async choices(campaignId: number = DEFAULT_CAMPAIGN): Promise<OutcomeChoices> {
    const campaign = await campaignOf(this.pool, campaignId);
    if (campaign === null) throw new AppError('not_found');
    return { campaign, dispositions: await this.list(campaignId) };
  }

  create(actor: AuditActor, body: DispositionCreate): Promise<Changed<DispositionView>> {
    return this.changes.run(actor, async (tx) => {
      if (body.campaignId !== null && (await campaignOf(tx, body.campaignId)) === null) {
        throw new AppError('request_invalid', {
          field: 'campaignId',
          params: { reason: 'campaignId: there is no such campaign' },
        });
      }
      const last = (await loadDispositions(tx)).reduce((max, { position }) => Math.max(max, position), 0);
      const fields = checked({
        nameEn: body.name.en,
        nameZh: body.name.zh,
        flags: body.flags,
        required: body.required,
        position: body.position ?? last + POSITION_STEP,
      });
      const id = await insertDisposition(tx, body.key, body.campaignId, fields);
      if (id === null) throw new AppError('disposition_key_taken', { field: 'key' });
      return {
        audit: [
          {
            action: 'disposition.created',
            subject: subjectOf(id),
            after: { key: body.key, campaignId: body.campaignId, ...jsonOf(fields) },
          },
        ],
        // An import may have given the key before it meant anything.
        affected: [{ from: null, dispositions: [body.key] }],
        result: () => this.view(tx, id),
      };
    });
  }

  change(actor: AuditActor, id: number, patch: DispositionPatch): Promise<Changed<DispositionView>> {
    return this.changes.run(actor, async (tx) => {
      const old = await rowOf(tx, id);
      const fields = checked({
        nameEn: patch.name?.en ?? old.nameEn,
        nameZh: patch.name?.zh ?? old.nameZh,
        flags: patch.flags ?? old.flags,
        required: patch.required ?? old.required,
        position: patch.position ?? old.position,
      });
      if (old.used && fields.flags.join() !== impliedFlags(old.flags).join()) {
        throw new AppError('disposition_flags_fixed', { field: 'flags' });
      }
      const archived = patch.archived ?? old.archived;
      await updateDisposition(tx, id, fields, archived ? new Date(this.clock.now()) : null);
      return {
        audit: [
          {
            action: 'disposition.changed',
            subject: subjectOf(id),
            before: { ...jsonOf(old), archived: old.archived },
            after: { ...jsonOf(fields), archived },
          },
        ],
        result: () => this.view(tx, id),
      };
    });
  }

  private async view(tx: PoolClient, id: number): Promise<DispositionView> {
    return viewOf(await rowOf(tx, id));
  }
}

function checked(fields: DispositionFields): DispositionFields {
  const flags = impliedFlags(fields.flags);
  if (impossibleRequirement(flags, fields.required) !== null) {
    throw new AppError('disposition_amount_without_sale', { field: 'required' });
  }
  return { ...fields, flags, required: orderedFields(fields.required) };
}

async function rowOf(tx: Queryable, id: number): Promise<DispositionRow> {
  const found = (await loadDispositions(tx)).find((one) => one.id === id);
  if (found === undefined) throw new AppError('not_found');
  return found;
}

function viewOf({ nameEn, nameZh, ...row }: DispositionRow): DispositionView {
  return { ...row, name: { en: nameEn, zh: nameZh } };
}

function jsonOf({ nameEn, nameZh, flags, required, position }: DispositionFields) {
  return { name: { en: nameEn, zh: nameZh }, flags: [...flags], required: [...required], position };
}

function subjectOf(id: number): { kind: string; id: string } {
  return { kind: 'disposition', id: String(id) };
}
