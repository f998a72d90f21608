/** What the filters of reports offer, within a scope. */

import type { Pool } from 'pg';
import type { AddParameter } from '../../access/index.js';
import type { OwnNumbers } from '../../organisation/index.js';
import type { Scope } from '../../shared/access.js';
import { NO_NUMBER } from '../../shared/mask-number.js';
import type { ReportChoices } from '../../shared/report-choices.js';
import { visibleCampaignsSql } from './visible-campaigns.js';

export class ChoicesReadModel {
  constructor(
    private readonly pool: Pool,
    private readonly numbers: Pick<OwnNumbers, 'masked'>,
  ) {}

  async of(scope: Scope): Promise<ReportChoices> {
    const client = await this.pool.connect();
    try {
      const values: unknown[] = [];
      const add: AddParameter = (value, type) => `$${values.push(value)}::${type}`;
      const seen = visibleCampaignsSql(scope, 'c.id', add);
      const { rows: campaigns } = await client.query<{ id: number; name: string }>(
        `SELECT c.id, coalesce(nullif(c.title, ''), c.name) AS name FROM campaign c WHERE c.id <> 0${seen === null ? '' : ` AND ${seen}`}
         ORDER BY lower(coalesce(nullif(c.title, ''), c.name)), c.id`,
        values,
      );
      const { rows: numbers } = await client.query<{ id: string; campaignId: number }>(
        `SELECT number_id::text AS id, campaign_id AS "campaignId" FROM campaign_caller_number
         WHERE campaign_id = ANY($1::integer[]) ORDER BY number_id`,
        [campaigns.map(({ id }) => id)],
      );
      const masks = await this.numbers.masked(
        client,
        numbers.map(({ id }) => id),
      );
      const callerNumbers = numbers.map((one) => ({ ...one, number: masks.get(one.id) ?? NO_NUMBER }));
      return { campaigns, callerNumbers };
    } finally {
      client.release();
    }
  }
}
