/** Figures of people or teams to places, by the rules of each mode. Pure. */
import type { LeaderboardMode, LeaderboardRow, NoPlace, TenureBand } from '../shared/comparison.js';
import { attainmentOf } from '../targets/index.js';
import { type Compared, type ComparedGroup, changeOf, compareGroup, type Values } from './compare.js';
import type { Figure } from './figure.js';
import { type PeerGroup, ranksOf } from './statistics/index.js';
import { BAND_ORDER } from './tenure.js';

/** Somebody or a team, with the figures of the range. */
export interface Contender {
  key: string;
  values: Values;
  /** Of the period before; absent: nothing then. */
  previous?: Values | undefined;
  band: TenureBand | null;
  /** In the unit of the KPI; null: none. */
  target: number | null;
  /** Of a team: people with anything counted. */
  people: number | null;
}

export interface LeaderboardInput {
  figure: Figure;
  mode: LeaderboardMode;
  per: 'head' | 'total';
  currency: string | null;
  contenders: readonly Contender[];
}

export type RankedRow = Omit<LeaderboardRow, 'agent' | 'team' | 'self' | 'hidden'> & { key: string };
export interface Ranked {
  rows: RankedRow[];
  groups: { band: TenureBand | null; group: PeerGroup }[];
}

/** Best first; those without a place at the end, in the order given. By tenure band after band. */
export function rankContenders(input: LeaderboardInput): Ranked {
  if (input.mode !== 'tenure') {
    const { rows, group } = rankGroup(input, input.contenders);
    return { rows, groups: group === null ? [] : [{ band: null, group }] };
  }
  const ranked = BAND_ORDER.map((band) => ({
    band,
    ...rankGroup(
      input,
      input.contenders.filter((contender) => contender.band === band),
    ),
  }));
  return {
    rows: ranked.flatMap(({ rows }) => rows),
    groups: ranked.flatMap(({ band, group }) => (group === null ? [] : [{ band, group }])),
  };
}

function rankGroup(input: LeaderboardInput, contenders: readonly Contender[]): { rows: RankedRow[] } & GroupOf {
  const { figure, mode, currency } = input;
  const now = compareGroup(
    figure,
    contenders.map(({ values }) => values),
    currency,
  );
  const before =
    mode === 'improved'
      ? compareGroup(
          figure,
          contenders.map(({ previous }) => previous ?? {}),
          currency,
        )
      : null;
  const rows = contenders.map((contender, index) =>
    rowOf(input, contender, at(now, index), before && at(before, index)),
  );
  // Of a change and of what is reached of a target, more is better whatever the figure.
  const direction = mode === 'of_target' ? 'up' : figure.definition.goodDirection;
  const ranks = ranksOf(
    rows.map(({ score }) => score),
    direction,
  );
  const placed = rows.map((row, index): RankedRow => ({ ...row, rank: ranks[index] ?? null }));
  const last = Number.MAX_SAFE_INTEGER;
  return { rows: placed.sort((a, b) => (a.rank ?? last) - (b.rank ?? last)), group: now.group };
}

type GroupOf = Pick<ComparedGroup, 'group'>;

function at({ rows }: ComparedGroup, index: number): Compared {
  const row = rows[index];
  if (row === undefined) throw new Error(`No figures were compared for row ${index}`);
  return row;
}

function rowOf(input: LeaderboardInput, contender: Contender, now: Compared, before: Compared | null): RankedRow {
  const { figure, mode } = input;
  const change = before === null ? null : changeOf(figure, now, before);
  const target = mode === 'of_target' ? contender.target : null;
  const attainment = target === null ? null : reachedOf(figure, now, target);
  const perHead =
    mode === 'team' && figure.kind === 'sum' && now.comparable !== null && contender.people
      ? now.comparable / contender.people
      : null;
  const score = scoreOf(input, now, { change, attainment, perHead });
  return {
    key: contender.key,
    rank: null,
    missing: score === null ? reasonOf(mode, now, before, target) : null,
    band: mode === 'tenure' ? contender.band : null,
    value: now.value,
    numerator: now.numerator,
    denominator: now.denominator,
    estimate: now.estimate,
    score,
    previous: before && { value: before.value, denominator: before.denominator, estimate: before.estimate },
    change,
    target: target === null ? null : { value: target, attainment },
    people: mode === 'team' ? contender.people : null,
    perHead,
  };
}

interface Derived {
  change: number | null;
  attainment: number | null;
  perHead: number | null;
}

function scoreOf({ figure, mode, per }: LeaderboardInput, now: Compared, derived: Derived): number | null {
  switch (mode) {
    case 'improved':
      return derived.change;
    case 'of_target':
      return derived.attainment;
    case 'team':
      return per === 'head' && figure.kind === 'sum' ? derived.perHead : now.comparable;
    case 'raw':
    case 'tenure':
      return now.comparable;
  }
}

/** Of rates by the figure as it is, because that is what was agreed, though only with enough behind it. */
function reachedOf(figure: Figure, now: Compared, target: number): number | null {
  const actual = figure.kind === 'rate' && now.comparable !== null ? (now.value as number) : now.comparable;
  return attainmentOf(actual, target, figure.definition.goodDirection === 'down');
}

function reasonOf(mode: LeaderboardMode, now: Compared, before: Compared | null, target: number | null): NoPlace {
  if (mode === 'of_target' && target === null) return 'no_target';
  if (now.value === null && now.denominator === null) return 'no_value';
  if (!now.enough) return 'not_enough';
  if (now.comparable === null) return 'no_value';
  return before === null ? 'no_value' : 'no_previous';
}
