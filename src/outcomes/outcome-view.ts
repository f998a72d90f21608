/** Facts to what people see. Pure; numbers arrive masked, notes in clear. */
import { contributionOfOutcome, MEASURE_COLUMNS } from '../kpi/index.js';
import { isoOf } from '../platform/index.js';
import type { OutcomeEntryView, OutcomeView } from '../shared/outcomes.js';
import { partsOf } from './entering.service.js';
import type { EventRow, FoundOutcome, TrailRow } from './outcomes.repository.js';

export function outcomeView(found: FoundOutcome, customer: string | null, note: string | null): OutcomeView {
  const { fact, state } = found;
  const { agentId, teamId, campaignId } = fact;
  return {
    id: fact.id,
    externalId: partsOf(fact.id).externalId,
    at: isoOf(fact.at),
    agent: agentId === 0 ? null : { id: agentId, name: found.agentName ?? String(agentId) },
    team: { id: teamId, name: found.teamName ?? String(teamId) },
    campaign: { id: campaignId, name: found.campaignName ?? String(campaignId) },
    callId: fact.callKey,
    customer,
    customerId: fact.customerRef,
    disposition: dispositionOf(found),
    sale: saleOf(found),
    callbackAt: state.callbackAt?.value == null ? null : isoOf(state.callbackAt.value),
    note,
    cancelled: fact.cancelled,
    version: fact.version,
    problems: fact.problems,
  };
}

/** One nobody has set up is shown by what was said. */
function dispositionOf({ fact, state, ...found }: FoundOutcome): OutcomeView['disposition'] {
  const key = found.dispositionKey ?? state.disposition?.value ?? null;
  if (key === null) return null;
  return { key, name: { en: found.nameEn ?? key, zh: found.nameZh ?? key }, flags: fact.flags };
}

/** As it was told, also where it does not count (cancelled, another currency). */
export function toldSale({ state, currency }: FoundOutcome): OutcomeView['sale'] {
  const told = state.sale?.value ?? null;
  return told && { amountMinor: told.amountMinor, currency: told.currency ?? currency, shares: told.shares };
}

/** Also one without an amount: a disposition that says so. */
function saleOf(found: FoundOutcome): OutcomeView['sale'] {
  const { fact, currency } = found;
  return toldSale(found) ?? (fact.sold ? { amountMinor: 0, currency, shares: [] } : null);
}

/** What it adds to each measure, by the ids of the catalog, everybody's together. */
export function contributionView({ fact }: FoundOutcome): Record<string, number> {
  const parts = contributionOfOutcome(fact).map(({ measures }) => measures);
  return Object.fromEntries(
    MEASURE_COLUMNS.flatMap((column) => {
      const value = parts.reduce((sum, measures) => sum + measures[column], 0);
      return value === 0 ? [] : [[column.replace(/_minor$/, ''), value]];
    }),
  );
}

/** Events with who sent them: the audit log knows by the version. */
export function entryViews(events: readonly EventRow[], trail: readonly TrailRow[]): OutcomeEntryView[] {
  const byVersion = new Map<number, TrailRow>();
  for (const row of trail) {
    const version = versionIn(row.after);
    if (version !== null && !byVersion.has(version)) byVersion.set(version, row);
  }
  return events.map(({ receivedAt, fields }) => {
    const { version = 0, ...told } = fields.outcome ?? { version: 0 };
    const by = byVersion.get(version);
    return {
      at: receivedAt.toISOString(),
      version,
      by: by === undefined ? null : { kind: by.kind, id: by.id, name: by.name },
      fields: told,
    };
  });
}

function versionIn(after: string | null): number | null {
  try {
    const value = after === null ? null : (JSON.parse(after) as { version?: unknown });
    return typeof value?.version === 'number' ? value.version : null;
  } catch {
    return null;
  }
}
