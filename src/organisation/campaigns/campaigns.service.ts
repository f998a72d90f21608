/**
 * Campaigns. Threshold and assumption count from then on; caller numbers for past and future; title and status move no
 * call. The key is what webhooks name and stays.
 */

import type { Pool, PoolClient } from 'pg';
import { AppError, type Clock } from '../../platform/index.js';
import type { AuditActor } from '../../shared/audit.js';
import { NO_NUMBER } from '../../shared/mask-number.js';
import type {
  CampaignCreate,
  CampaignNumberCreate,
  CampaignPatch,
  CampaignVersionCreate,
  CampaignView,
  Changed,
} from '../../shared/organisation.js';
import { asBefore, changedFields } from '../input.js';
import type { OwnNumbers } from '../own-numbers.port.js';
import type { SettingsChanges } from '../settings-changes.js';
import type { Queryable } from '../teams/teams.repository.js';
import { readStillToCome, readValidFrom, validFromText } from '../valid-from.js';
import {
  type CampaignRow,
  type CampaignVersionRow,
  deleteCampaignVersion,
  insertCampaign,
  loadCampaignNumbers,
  loadCampaigns,
  loadCampaignVersions,
  putCampaignVersion,
  updateCampaign,
} from './campaigns.repository.js';

const DEFAULT_EFFECTIVE_S = 300;

export class CampaignsService {
  constructor(
    private readonly pool: Pool,
    private readonly changes: SettingsChanges,
    private readonly clock: Clock,
    private readonly numbers: OwnNumbers,
  ) {}

  list(): Promise<CampaignView[]> {
    return this.views(this.pool);
  }

  one(id: number): Promise<CampaignView> {
    return this.view(this.pool, id);
  }

  create(actor: AuditActor, body: CampaignCreate): Promise<Changed<CampaignView>> {
    return this.changes.run(actor, async (tx) => {
      const id = await insertCampaign(tx, {
        key: body.key,
        title: body.title ?? '',
        currency: body.currency ?? null,
      });
      if (id === null) throw new AppError('campaign_key_taken', { field: 'key' });
      const effectiveMs = (body.effectiveSeconds ?? DEFAULT_EFFECTIVE_S) * 1_000;
      const assumeHuman = body.assumeHuman ?? true;
      await putCampaignVersion(tx, { campaignId: id, validFrom: null, effectiveMs, assumeHuman });
      return {
        audit: [{ action: 'campaign.created', subject: subjectOf(id), after: { ...body } }],
        result: () => this.view(tx, id),
      };
    });
  }

  change(actor: AuditActor, id: number, patch: CampaignPatch): Promise<Changed<CampaignView>> {
    return this.changes.run(actor, async (tx) => {
      const old = await requireCampaign(tx, id);
      const before = { title: old.title, status: old.status, currency: old.currency };
      const changed = changedFields<{ title: string; status: CampaignRow['status']; currency: string }>(before, patch);
      if (changed.currency !== undefined && old.used) {
        throw new AppError('campaign_currency_fixed', { field: 'currency' });
      }
      await updateCampaign(tx, id, { ...before, ...changed });
      return {
        audit: [
          { action: 'campaign.changed', subject: subjectOf(id), before: asBefore(before, changed), after: changed },
        ],
        result: () => this.view(tx, id),
      };
    });
  }

  addVersion(actor: AuditActor, id: number, body: CampaignVersionCreate): Promise<Changed<CampaignView>> {
    return this.changes.run(actor, async (tx) => {
      const validFrom = readValidFrom(body.validFrom, this.clock.now());
      await requireCampaign(tx, id);
      const versions = (await loadCampaignVersions(tx)).filter((version) => version.campaignId === id);
      const { effectiveMs, assumeHuman } = inForce(versions, validFrom);
      const version = {
        effectiveMs: body.effectiveSeconds === undefined ? effectiveMs : body.effectiveSeconds * 1_000,
        assumeHuman: body.assumeHuman ?? assumeHuman,
      };
      await putCampaignVersion(tx, { campaignId: id, validFrom, ...version });
      return {
        affected: [{ from: validFrom }],
        audit: [
          {
            action: 'campaign.changed',
            subject: subjectOf(id),
            before: { effectiveMs, assumeHuman },
            after: { ...version, validFrom: validFromText(validFrom) },
          },
        ],
        result: () => this.view(tx, id),
      };
    });
  }

  removeVersion(actor: AuditActor, id: number, validFromParameter: string): Promise<Changed<CampaignView>> {
    return this.changes.run(actor, async (tx) => {
      const validFrom = readStillToCome(validFromParameter, this.clock.now());
      await requireCampaign(tx, id);
      if (!(await deleteCampaignVersion(tx, id, validFrom))) throw new AppError('not_found');
      const before = { validFrom: validFromText(validFrom) };
      return {
        affected: [{ from: validFrom }],
        audit: [{ action: 'campaign.changed', subject: subjectOf(id), before, after: null }],
        result: () => this.view(tx, id),
      };
    });
  }

  addNumber(actor: AuditActor, id: number, body: CampaignNumberCreate): Promise<Changed<CampaignView>> {
    return this.changes.run(actor, async (tx) => {
      await requireCampaign(tx, id);
      const ref = (await this.numbers.refsOf(tx, [body.number])).get(body.number) ?? null;
      if (ref === null) throw new AppError('address_invalid', { field: 'number', params: { kind: 'number' } });
      const owner = (await loadCampaignNumbers(tx)).find((number) => number.ref === ref)?.campaignId ?? null;
      if (owner !== null && owner !== id && body.move !== true) {
        throw new AppError('number_taken', { field: 'number', params: { campaign: `#${owner}` } });
      }
      await tx.query(
        `INSERT INTO campaign_caller_number (number_id, campaign_id) VALUES ($1, $2)
         ON CONFLICT (number_id) DO UPDATE SET campaign_id = excluded.campaign_id`,
        [ref, id],
      );
      return this.numberChanged(tx, id, ref, { campaignId: owner }, { campaignId: id, numberId: ref });
    });
  }

  removeNumber(actor: AuditActor, id: number, ref: string): Promise<Changed<CampaignView>> {
    return this.changes.run(actor, async (tx) => {
      const { rowCount } = await tx.query(
        'DELETE FROM campaign_caller_number WHERE number_id = $1 AND campaign_id = $2',
        [/^\d{1,18}$/.test(ref) ? ref : '0', id],
      );
      if (rowCount !== 1) throw new AppError('not_found');
      return this.numberChanged(tx, id, ref, { campaignId: id, numberId: ref }, { campaignId: null });
    });
  }

  private numberChanged(
    tx: PoolClient,
    id: number,
    ref: string,
    before: { [key: string]: string | number | null },
    after: { [key: string]: string | number | null },
  ) {
    return {
      affected: [{ from: null, addresses: [{ scheme: 'tel' as const, value: ref }] }],
      audit: [{ action: 'campaign.changed' as const, subject: subjectOf(id), before, after }],
      result: () => this.view(tx, id),
    };
  }

  private async view(db: Queryable, id: number): Promise<CampaignView> {
    const view = (await this.views(db)).find((campaign) => campaign.id === id);
    if (view === undefined) throw new AppError('not_found');
    return view;
  }

  private async views(db: Queryable): Promise<CampaignView[]> {
    const campaigns = await loadCampaigns(db);
    const versions = await loadCampaignVersions(db);
    const numbers = await loadCampaignNumbers(db);
    const masks = await this.numbers.masked(
      db,
      numbers.map(({ ref }) => ref),
    );
    return campaigns.map(({ used, ...campaign }) => {
      const own = versions.filter((version) => version.campaignId === campaign.id);
      const { effectiveMs, assumeHuman } = inForce(own, this.clock.now());
      return {
        ...campaign,
        title: campaign.title === '' ? campaign.key : campaign.title,
        currencyEditable: !used,
        effectiveSeconds: effectiveMs / 1_000,
        assumeHuman,
        versions: own.map((version) => ({
          validFrom: validFromText(version.validFrom),
          effectiveSeconds: version.effectiveMs / 1_000,
          assumeHuman: version.assumeHuman,
        })),
        callerNumbers: numbers
          .filter(({ campaignId }) => campaignId === campaign.id)
          .map(({ ref }) => ({ id: ref, number: masks.get(ref) ?? NO_NUMBER })),
      };
    });
  }
}

async function requireCampaign(tx: Queryable, id: number): Promise<CampaignRow> {
  await tx.query('SELECT 1 FROM campaign WHERE id = $1 FOR UPDATE', [id]);
  const found = (await loadCampaigns(tx)).find((campaign) => campaign.id === id);
  if (found === undefined) throw new AppError('not_found');
  return found;
}

/** Like the snapshot's look-up: the last one that has begun, else the first. */
function inForce(versions: readonly CampaignVersionRow[], instant: number): CampaignVersionRow {
  const found = versions.findLast((version) => version.validFrom <= instant) ?? versions[0];
  if (found === undefined) throw new Error('A campaign has no version');
  return found;
}

function subjectOf(id: number): { kind: string; id: string } {
  return { kind: 'campaign', id: String(id) };
}
