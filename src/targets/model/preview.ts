/** What a set of targets implies, so that nobody sets a rate without seeing the day it asks for. Pure. */
import type { TargetPreview } from '../../shared/targets.js';

/** Of the reference figures of kpi.md section 6: 40–60 % is good. */
export const REFERENCE_CONNECT_RATE = 0.4;
export const REFERENCE_EFFECTIVE_SECONDS = 300;
const CONVERSIONS = ['conversion_dial', 'conversion_rate', 'conversion_contact'] as const;
/** Figures a set can both give and imply. */
const BOTH = ['connects', 'talk_s', 'sales'] as const;
/** Rounding of fractions is no contradiction. */
const TOLERANCE = 0.005;

export interface PreviewInput {
  targets: ReadonlyMap<string, number>;
  connectRate: number;
  connectRateFrom: TargetPreview['connectRateFrom'];
  effectiveSeconds: number;
  /** Contacts per connect, of history; null: unknown. */
  contactsPerConnect: number | null;
}

export function previewOf(input: PreviewInput): TargetPreview {
  const { targets, effectiveSeconds } = input;
  const given = (kpi: string): number | null => targets.get(kpi) ?? null;
  const connectRate = given('connect_rate') ?? input.connectRate;
  const dials = given('dials') ?? times(given('connects'), 1 / connectRate);
  const connects = times(dials, connectRate) ?? given('connects');
  const contacts = contactsOf(input, dials, connects);
  const base = { conversion_dial: dials, conversion_rate: connects, conversion_contact: contacts };
  const rate = CONVERSIONS.map(given).find((value) => value !== null) ?? null;
  const stated = CONVERSIONS.find((kpi) => targets.has(kpi));
  const implied = stated === undefined ? null : times(base[stated], given(stated) ?? 0);
  const talkSeconds = times(connects, effectiveSeconds);
  const implications = { connects: times(dials, connectRate), talk_s: null, sales: implied };
  return {
    connectRate,
    connectRateFrom: targets.has('connect_rate') ? 'given' : input.connectRateFrom,
    effectiveSeconds,
    dials,
    connects,
    talkSeconds,
    sales: implied ?? given('sales'),
    conversions: CONVERSIONS.map((kpi) => ({ kpi, sales: rate === null ? null : times(base[kpi], rate) })),
    conflicts: BOTH.flatMap((kpi) => {
      const [own, follows] = [given(kpi), implications[kpi]];
      if (own === null || follows === null || Math.abs(own - follows) <= Math.max(own, follows) * TOLERANCE) return [];
      return [{ kpi, given: own, implied: follows }];
    }),
  };
}

function contactsOf({ targets, contactsPerConnect }: PreviewInput, dials: number | null, connects: number | null) {
  const rate = targets.get('contact_rate');
  if (rate !== undefined) return times(dials, rate);
  return targets.get('contacts') ?? (contactsPerConnect === null ? null : times(connects, contactsPerConnect));
}

/** 50 × 0.4 is 20, not 20.000000000000004. */
function times(value: number | null, factor: number): number | null {
  return value === null || !Number.isFinite(factor) ? null : Number((value * factor).toPrecision(12));
}
