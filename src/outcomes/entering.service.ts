/**
 * Taking outcomes in: checked as a whole before any is accepted, limited to whom one may speak for, durable like any
 * webhook, and audited.
 */
import type { Pool } from 'pg';
import { hiddenByScope, type Principal, requireInScope } from '../access/index.js';
import type { AuditEntry, AuditLog } from '../audit/index.js';
import { outcomeId } from '../calls/index.js';
import { readNumber } from '../customers/index.js';
import { type IngestService, type Stored, submitOutcomes } from '../ingest/index.js';
import { loadDispositions, type SettingsSnapshot } from '../organisation/index.js';
import { AppError, type Clock } from '../platform/index.js';
import type { Scope } from '../shared/access.js';
import type { AuditActor } from '../shared/audit.js';
import type { OutcomeCorrection, OutcomeInput, OutcomeReply } from '../shared/outcomes.js';
import { type Entered, recordEntered } from './audit-trail.js';
import { checkOutcome, hidesMissedCallback, type Known, type Said } from './check-outcome.js';
import { type KnownCall, type KnownOutcome, knownCalls, knownOutcomes } from './known.repository.js';

export interface EnteringParts {
  pool: Pool;
  ingest: Pick<IngestService, 'acceptRaw'>;
  audit: AuditLog;
  clock: Clock;
  country: string;
  settings: () => Promise<SettingsSnapshot>;
}

export interface Asking {
  principal: Principal;
  scope: Scope;
  actor: AuditActor;
}

/** What a request's outcomes are checked with, read once. */
interface Ground {
  outcomes: Map<string, KnownOutcome>;
  calls: Map<string, KnownCall>;
  knownOf: (input: Pick<OutcomeInput, 'call'>, before: KnownOutcome | null) => Known;
  hidesMissed: (input: Said, before: KnownOutcome) => boolean;
}

/** What external ids are unique in. */
export function sourceOf(principal: Principal): string {
  return principal.kind === 'key' ? `key:${principal.keyId ?? 'bootstrap'}` : 'me';
}

export class EnteringService {
  constructor(private readonly parts: EnteringParts) {}

  /** None is taken unless all are right. `path`: how the place of one is named in errors. */
  async enter(
    inputs: readonly OutcomeInput[],
    asking: Asking,
    options: { source?: string; path: (index: number) => string },
  ): Promise<OutcomeReply[]> {
    const source = options.source ?? sourceOf(asking.principal);
    const checked = await this.check(inputs, asking, source, options.path);
    return this.submit(source, checked, asking);
  }

  /** The outcomes as they are to be sent; throws at the first that is wrong, with its place. */
  async check(
    inputs: readonly OutcomeInput[],
    asking: Asking,
    source: string,
    path: (index: number) => string,
  ): Promise<OutcomeInput[]> {
    const ids = inputs.map(({ externalId }) => outcomeId(source, externalId));
    const ground = await this.groundOf(inputs, ids, asking.scope);
    const checked: OutcomeInput[] = [];
    for (const [i, input] of inputs.entries()) {
      const before = ground.outcomes.get(ids[i] ?? '') ?? null;
      checked.push(await this.allowed(input, before, ground, asking, path(i)));
    }
    return checked;
  }

  /** Whether each is right on its own; for files, which name every line that is not. */
  async checkEach(inputs: readonly OutcomeInput[], asking: Asking, source: string): Promise<(AppError | null)[]> {
    const ids = inputs.map(({ externalId }) => outcomeId(source, externalId));
    const ground = await this.groundOf(inputs, ids, asking.scope);
    const results: (AppError | null)[] = [];
    for (const [i, input] of inputs.entries()) {
      try {
        await this.allowed(input, ground.outcomes.get(ids[i] ?? '') ?? null, ground, asking, '');
        results.push(null);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        results.push(error);
      }
    }
    return results;
  }

  /** Throws `not_found` for an outcome outside the scope. */
  async correct(id: string, correction: OutcomeCorrection, asking: Asking): Promise<OutcomeReply> {
    const { source, externalId } = partsOf(id);
    const ground = await this.groundOf([correction], [id], asking.scope);
    const before = ground.outcomes.get(id);
    if (before === undefined) throw new AppError('not_found');
    if (!before.inScope) throw hiddenByScope();
    const allowed = await this.allowed({ externalId, ...correction }, before, ground, asking, '');
    // Above all there are. Ours count in milliseconds, those of others in steps of their own, which must not be left behind.
    const next = before.fact.version + 1;
    const version = source === 'me' || source === 'import' ? Math.max(next, this.parts.clock.now()) : next;
    const [reply] = await this.submit(source, [{ ...allowed, version }], asking);
    if (reply === undefined) throw new Error('A correction was not answered');
    return reply;
  }

  async submit(
    source: string,
    inputs: readonly OutcomeInput[],
    { actor }: Asking,
    extra: readonly AuditEntry[] = [],
  ): Promise<OutcomeReply[]> {
    const { pool, ingest, audit, clock } = this.parts;
    const now = clock.now();
    const ids = inputs.map(({ externalId }) => outcomeId(source, externalId));
    const before = await knownOutcomes(pool, ids, { kind: 'all' }).catch(() => new Map<string, KnownOutcome>());
    const stored: Stored[] = await submitOutcomes(ingest, source, authorText(actor), inputs, now);
    const entered = inputs.flatMap((input, i): Entered[] => {
      const id = ids[i] ?? '';
      if (stored[i] !== 'accepted') return [];
      return [{ id, version: input.version ?? now, input, isNew: !before.has(id) }];
    });
    await recordEntered(pool, audit, actor, entered, extra);
    return inputs.map(({ externalId }, i) => ({ externalId, result: stored[i] ?? 'duplicate' }));
  }

  /** Checks one and puts in whose it is; throws what is wrong with it. */
  private async allowed(
    input: OutcomeInput,
    before: KnownOutcome | null,
    ground: Ground,
    { principal, scope }: Asking,
    path: string,
  ): Promise<OutcomeInput> {
    if (before !== null && !before.mayChange) throw outside(`${path}externalId`);
    const call = input.call === undefined ? null : (ground.calls.get(input.call) ?? null);
    if (call !== null && !call.inScope) throw outside(`${path}call`);
    checkOutcome(input, ground.knownOf(input, before), path);
    if (scope.kind === 'all') return input;
    const named = [
      ...(input.agentId === undefined ? [] : [input.agentId]),
      ...(input.sale?.shares ?? []).map(({ agentId }) => agentId),
    ];
    if (named.length > 0) await this.requireAgents(scope, named, path);
    if (scope.kind === 'agents') {
      const own = principal.kind === 'user' ? principal.agentId : null;
      if (own === null) throw new AppError('not_an_agent');
      if (input.agent !== undefined) throw outside(`${path}agent`);
      if (before !== null && ground.hidesMissed(input, before)) {
        throw new AppError('outcome_callback_missed', {
          field: `${path}${input.cancelled ? 'cancelled' : 'callbackAt'}`,
        });
      }
      // Whom a phone system or a key has named stays named; one's own sent again is the same again.
      const told = before?.state.agent?.value ?? null;
      const isOwn = before === null || (told !== null && 'id' in told && told.id === own);
      return isOwn ? { ...input, agentId: own } : input;
    }
    // A supervisor says for whom: by a call of theirs, an agent of theirs, or what is theirs already.
    if (input.agent !== undefined && input.agentId === undefined) throw outside(`${path}agent`);
    if (input.agentId === undefined && call === null && before === null) throw outside(`${path}agentId`);
    return input;
  }

  private async requireAgents(scope: Scope, agents: readonly number[], path: string): Promise<void> {
    try {
      await requireInScope(this.parts.pool, scope, { agents: [...new Set(agents)] });
    } catch (error) {
      if (error instanceof AppError && error.code === 'outside_scope') throw outside(`${path}agentId`);
      throw error;
    }
  }

  private async groundOf(
    inputs: readonly Pick<OutcomeInput, 'call'>[],
    ids: readonly string[],
    scope: Scope,
  ): Promise<Ground> {
    const { pool, clock, country } = this.parts;
    const settings = await this.parts.settings();
    const dispositions = new Map((await loadDispositions(pool)).map((one) => [one.key, one]));
    const campaigns = new Map([...settings.data.campaigns.values()].map((campaign) => [campaign.name, campaign]));
    const outcomes = await knownOutcomes(pool, ids, scope);
    const calls = await knownCalls(
      pool,
      inputs.flatMap(({ call }) => call ?? []),
      scope,
    );
    const knownOf: Ground['knownOf'] = (input, before) => ({
      now: clock.now(),
      dispositions,
      campaigns,
      currencyOf: (id) => settings.data.campaigns.get(id)?.currency ?? null,
      isAgent: (id) => id !== 0 && settings.agentById(id) !== null,
      isNumber: (text) => readNumber(text, country).kind !== 'none',
      before: before === null ? null : { state: before.state, campaignId: before.fact.campaignId },
      callCampaign: input.call === undefined ? null : (calls.get(input.call)?.campaignId ?? null),
    });
    const hidesMissed: Ground['hidesMissed'] = (input, before) => {
      return hidesMissedCallback(input, before, clock.now() - settings.data.callbackWindowMs);
    };
    return { outcomes, calls, knownOf, hidesMissed };
  }
}

function outside(field: string): AppError {
  return new AppError('outcome_not_yours', { field, params: { name: field } });
}

/** `<source>|<external id>` */
export function partsOf(id: string): { source: string; externalId: string } {
  const at = id.indexOf('|');
  if (at < 1 || at === id.length - 1) throw new AppError('not_found');
  return { source: id.slice(0, at), externalId: id.slice(at + 1) };
}

/** As events of outcomes name who entered them. */
function authorText({ kind, id }: AuditActor): string {
  return `${kind}:${id ?? ''}`;
}
