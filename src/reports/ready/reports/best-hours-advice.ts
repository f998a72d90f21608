/** Best hours in words: for all calls, and for each campaign and team. Pure. */
import type { Localised } from '../../../shared/api.js';
import type { CallingHours } from '../../../shared/calling-hours.js';
import type { ReportRow, TextSection } from '../../../shared/reports.js';
import {
  type Advice,
  type AdvisedHour,
  bestHour,
  EXPECTED_MIN,
  HOUR_MIN,
  type HourCounts,
  SEGMENT_MIN,
  worstHour,
} from '../best-window.js';
import { daysText } from '../calling-hours.js';
import { countOf, definitionOf, keyOf, labelOf, text } from '../tables.js';
import { both, fill, hourName, percent } from '../words.js';
import { RATES, type Rate } from './best-hours-questions.js';

export interface Segment {
  key: string;
  label: Localised;
  hours: HourCounts[];
}

/** Segments that are named in a sentence of those about which nothing is sure. */
const NAMED_MAX = 8;

/** Rows of a segment and hour, put together by segment. */
export function segmentsOf(rows: readonly ReportRow[], { over, under }: Rate): Segment[] {
  const found = new Map<string, Segment>();
  for (const row of rows) {
    const key = keyOf(row);
    const segment = found.get(key) ?? { key, label: labelOf(row), hours: [] };
    const [trials, successes] = [countOf(row.values, under), countOf(row.values, over)];
    segment.hours.push({ hour: Number(keyOf(row, 1)), trials, successes });
    found.set(key, segment);
  }
  return [...found.values()];
}

export interface AdviceRows {
  /** By hour. */
  hours: readonly ReportRow[];
  /** By campaign and hour, by team and hour. */
  campaigns: readonly ReportRow[];
  teams: readonly ReportRow[];
}

/** What holds for all calls, hour by rate; then the campaigns and teams for which an hour is clearly better. */
export function adviceSection({ hours, campaigns, teams }: AdviceRows, callingHours: CallingHours): TextSection {
  const title = both('When to call', '拨打建议');
  const all = RATES.flatMap((rate): Localised[] => {
    const [segment] = segmentsOf(
      hours.map((row) => ({ ...row, keys: ['all', keyOf(row)] })),
      rate,
    );
    if (segment === undefined) return [];
    const label = both('All calls', '全部通话');
    const worst = worstHour(segment.hours);
    return [
      adviceText(label, rate, bestHour(segment.hours), callingHours),
      ...(worst.kind === 'clear' ? [worstText(label, rate, worst, callingHours)] : []),
    ];
  });
  if (all.length === 0)
    return text('advice', title, both('Advice appears once there are calls.', '产生通话后显示建议。'));
  return text(
    'advice',
    title,
    ...all,
    ...ofSegments(both('Campaign {name}', '项目“{name}”'), campaigns, callingHours),
    ...ofSegments(both('Team {name}', '团队“{name}”'), teams, callingHours),
  );
}

/**
 * One sentence for each clear hour; those without one are named together, or there would be more excuses than advice. About
 * conversion nothing is said of segments without enough connects: most have enough dials long before.
 */
function ofSegments(words: Localised, rows: readonly ReportRow[], callingHours: CallingHours): Localised[] {
  return RATES.flatMap((rate, index) => ofRate(words, rows, rate, callingHours, index === 0));
}

function ofRate(
  words: Localised,
  rows: readonly ReportRow[],
  rate: Rate,
  callingHours: CallingHours,
  tellsFew: boolean,
): Localised[] {
  const found = segmentsOf(rows, rate).map((segment) => ({
    label: fill(words, { name: segment.label }),
    advice: bestHour(segment.hours),
  }));
  const together = (kinds: readonly Advice['kind'][], sentence: Localised): Localised[] => {
    const names = namesOf(found.filter(({ advice }) => kinds.includes(advice.kind)).map(({ label }) => label));
    return names === null ? [] : [fill(sentence, { names, name: inSentence(definitionOf(rate.kpi).name) })];
  };
  return [
    ...found
      .filter(({ advice }) => advice.kind === 'clear')
      .map((one) => adviceText(one.label, rate, one.advice, callingHours)),
    ...together(['weak', 'none'], UNSURE),
    ...(tellsFew ? [...together(['hours'], ALONE), ...together(['few'], FEW)] : []),
  ];
}

const UNSURE = both(
  '{names}: no hour whose {name} is better than the others by more than chance.',
  '{names}：各时段{name}的差距均未超出偶然范围。',
);
const ALONE = both(
  '{names}: no two hours with enough calls to compare.',
  '{names}：样本充足的时段不足两个，无法比较。',
);
const FEW = both('{names}: too few calls to say.', '{names}：样本不足，暂无结论。');

function namesOf(labels: readonly Localised[]): Localised | null {
  if (labels.length === 0) return null;
  const shown = labels.slice(0, NAMED_MAX);
  const more = labels.length - shown.length;
  const list = { en: shown.map(({ en }) => en).join(', '), zh: shown.map(({ zh }) => zh).join('、') };
  return more === 0
    ? list
    : fill(both('{list} and {more} more', '{list}等 {total} 个'), { list, more, total: labels.length });
}

/** Names of KPIs inside an English sentence begin small. */
function inSentence({ en, zh }: Localised): Localised {
  return { en: en.charAt(0).toLowerCase() + en.slice(1), zh };
}

export function adviceText(label: Localised, { kpi, under }: Rate, advice: Advice, hours: CallingHours): Localised {
  const names = { label, name: inSentence(definitionOf(kpi).name), under: inSentence(definitionOf(under).name) };
  switch (advice.kind) {
    case 'few':
      return fill(
        both(
          '{label}: too few calls for advice on the {name} ({trials} {under}; it takes {least}).',
          '{label}：样本不足，暂无{name}建议（{under} {trials}，至少需 {least}）。',
        ),
        { ...names, trials: advice.trials, least: SEGMENT_MIN },
      );
    case 'hours':
      return fill(
        both(
          '{label}: no two hours to compare by {name} ({trials} {under} in all; an hour takes {least} of them, and {expected} results to be expected).',
          '{label}：可比较{name}的时段不足两个（{under}共 {trials}；每个时段至少需 {least}，且预期结果不少于 {expected}）。',
        ),
        { ...names, trials: advice.trials, least: HOUR_MIN, expected: EXPECTED_MIN },
      );
    case 'none':
      return fill(
        both(
          '{label}: no hour has a better {name} than the others ({rate} of {trials} {under}).',
          '{label}：各时段{name}无明显差别（{rate}，{under} {trials}）。',
        ),
        { ...names, rate: percent(advice.rate), trials: advice.trials },
      );
    case 'clear':
    case 'weak':
      return fill(advice.kind === 'clear' ? CLEAR : WEAK, { ...names, ...found(advice, hours) });
  }
}

function worstText(label: Localised, { kpi, under }: Rate, advice: AdvisedHour, hours: CallingHours): Localised {
  const names = { label, name: inSentence(definitionOf(kpi).name), under: inSentence(definitionOf(under).name) };
  return fill(WORST, { ...names, ...found(advice, hours) });
}

function found(advice: AdvisedHour, hours: CallingHours): Record<string, string | number | Localised> {
  return {
    from: hourName(advice.hour),
    to: hourName(advice.hour + 1),
    days: daysText(hours, advice.hour),
    value: percent(advice.value),
    low: percent(advice.low),
    high: percent(advice.high),
    others: percent(advice.others),
    trials: advice.trials,
    share: percent(advice.share),
  };
}

const CLEAR = both(
  '{label}: the {name} is best between {from} and {to}{days}: about {value} (nine times out of ten {low} to {high}) against {others} at other hours. That is more than chance. {trials} {under}, {share} of all, fall into it.',
  '{label}：{from}–{to}{days}{name}最高，约 {value}（90% 区间 {low}–{high}），其他时段为 {others}，差距超出偶然范围。该时段{under} {trials}，占 {share}。',
);
const WEAK = both(
  '{label}: no hour stands out by {name}. {from}–{to}{days} is ahead with about {value} (nine times out of ten {low} to {high}) against {others} at other hours, which may be chance. {trials} {under}, {share} of all, fall into it.',
  '{label}：各时段{name}没有明确优劣。{from}–{to}{days}暂列第一，约 {value}（90% 区间 {low}–{high}），其他时段为 {others}，可能只是偶然。该时段{under} {trials}，占 {share}。',
);
const WORST = both(
  '{label}: the {name} is worst between {from} and {to}{days}: about {value} (nine times out of ten {low} to {high}) against {others} at other hours. {trials} {under}, {share} of all, fall into it.',
  '{label}：{from}–{to}{days}{name}最低，约 {value}（90% 区间 {low}–{high}），其他时段为 {others}。该时段{under} {trials}，占 {share}。',
);
