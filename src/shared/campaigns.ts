/** Shapes of campaigns. See organisation.ts for what all routes have in common. */
import type { ValidFrom } from './organisation.js';

/** One state of a campaign's rules. Applies from then on. */
export interface CampaignVersionView {
  validFrom: string | null;
  /** An answered call by a person counts as effective from this length on. */
  effectiveSeconds: number;
  /** Without answering-machine detection an answered call counts as answered by a person. */
  assumeHuman: boolean;
}

export interface CampaignNumberView {
  /** Surrogate id. */
  id: string;
  /** Masked. */
  number: string;
}

/** GET /campaigns → CampaignView[] (`settings:read`), by title; GET /campaigns/:id → CampaignView */
export interface CampaignView {
  id: number;
  /** The key webhooks use (`campaign=`); fixed. */
  key: string;
  title: string;
  status: 'new' | 'active' | 'ended';
  currency: string;
  /** False once a call counts for it: amounts of two currencies cannot be one sum. */
  currencyEditable: boolean;
  /** What holds now. */
  effectiveSeconds: number;
  assumeHuman: boolean;
  versions: CampaignVersionView[];
  /** Calls from or to these belong to the campaign unless their webhook names another. Past and future. */
  callerNumbers: CampaignNumberView[];
  calls: number;
}

/** POST /campaigns → Changed<CampaignView> (201). Its first version holds from the beginning. */
export interface CampaignCreate {
  /** 1 to 80 characters, letters, digits, `-`, `_`, `.`; 409 `campaign_key_taken`. */
  key: string;
  title?: string;
  currency?: string;
  effectiveSeconds?: number;
  assumeHuman?: boolean;
}

/** PATCH /campaigns/:id → Changed<CampaignView>. 409 `campaign_currency_fixed`. */
export interface CampaignPatch {
  title?: string;
  status?: 'active' | 'ended';
  currency?: string;
}

/**
 * POST /campaigns/:id/versions → Changed<CampaignView>. From then on; what is left out stays as it is.
 * DELETE /campaigns/:id/versions/:validFrom → Changed<CampaignView>: takes back a version that is still to come.
 */
export interface CampaignVersionCreate {
  validFrom?: ValidFrom;
  /** 0 to 7200. */
  effectiveSeconds?: number;
  assumeHuman?: boolean;
}

/**
 * POST /campaigns/:id/numbers {number, move?} → Changed<CampaignView>; 409 `number_taken` unless `move`.
 * DELETE /campaigns/:id/numbers/:numberId → Changed<CampaignView>. Past and future.
 */
export interface CampaignNumberCreate {
  number: string;
  move?: boolean;
}
