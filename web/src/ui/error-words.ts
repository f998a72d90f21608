import type { Localised } from '../../../src/shared/api.js';
import { REPORT_FILTERS } from '../../../src/shared/reports.js';
import type { Language } from '../format/index.js';

/** A refusal in the words of the page: what the server calls by a parameter has a name there. Pure. */

export interface Refusal {
  code: string;
  text: Localised;
  fix?: Localised | undefined;
  field?: string | undefined;
}

export interface ErrorWords {
  text: string;
  fix: string | null;
}

type Translate = (key: string, values?: Record<string, string>) => string;

/** Sentences that speak of parameters and addresses of the API. */
const OF_THE_PAGE: readonly string[] = [
  'date_only',
  'range_empty',
  'ready_report_closed',
  'report_agent_required',
  'report_compare_invalid',
  'report_kpis_missing',
  'report_range_invalid',
];
/** Said well, but what to do about it is for programs. */
const FIXED_OTHERWISE: readonly string[] = ['kpi_unknown'];
/** Their reason is the rule of a schema, in English. */
const OF_A_RULE: readonly string[] = ['request_invalid', 'saved_report_invalid'];
/** Sentences that name the parameter. */
const OF_A_PARAMETER: readonly string[] = [
  'choice_unknown',
  'id_invalid',
  'number_invalid',
  'outside_scope',
  'parameter_repeated',
  'time_invalid',
  'time_off_slot',
];

/** Fields by their path in a request (`/` between), without places in lists and without what a report is wrapped in. */
const FIELDS: Readonly<Record<string, string>> = {
  name: 'name',
  range: 'range',
  from: 'from',
  'range/from': 'from',
  to: 'to',
  'range/to': 'to',
  compare: 'compare',
  compareFrom: 'compareFrom',
  'compare/from': 'compareFrom',
  compareTo: 'compareTo',
  'compare/to': 'compareTo',
  kpis: 'kpis',
  groupBy: 'groupBy',
  agent: 'agents',
  'filters/agents': 'agents',
  team: 'teams',
  'filters/teams': 'teams',
  campaign: 'campaigns',
  'filters/campaigns': 'campaigns',
  disposition: 'dispositions',
  'filters/dispositions': 'dispositions',
  callerNumber: 'callerNumbers',
  'filters/callerNumbers': 'callerNumbers',
  hourOfDay: 'hoursOfDay',
  'filters/hoursOfDay': 'hoursOfDay',
  weekday: 'weekdays',
  'filters/weekdays': 'weekdays',
  interval: 'intervals',
  'filters/intervals': 'intervals',
  'source/query': 'query',
  sources: 'sources',
  rhythm: 'rhythm',
  'rhythm/at': 'time',
  'rhythm/day': 'rhythm',
  'rhythm/weekday': 'rhythm',
  zone: 'zone',
  destinations: 'destinations',
  'destination/to': 'recipients',
  'destinations/to': 'recipients',
  'destination/url': 'address',
  'destinations/url': 'address',
  'destination/secret': 'secret',
  'destinations/secret': 'secret',
  packLinkUses: 'uses',
  scopes: 'scopes',
  ratePerMinute: 'rate',
  expiresAt: 'ends',
};
/** Filters are chosen from lists: what can be wrong with one can be wrong with all. */
const FILTERS: readonly string[] = REPORT_FILTERS;
const DATES: readonly string[] = ['range', 'from', 'to', 'compare', 'compareFrom', 'compareTo'];
/** In other forms these are times of the day. */
const ELSEWHERE_TOO: readonly string[] = ['from', 'to'];
/** What a report is wrapped in. */
const WRAPPERS: readonly string[] = ['source', 'sources', 'spec', 'query'];

/** What the page calls a field of a request, e.g. `destinations.0.to.1`; undefined: it has no name. */
export function fieldOf(path: string): string | undefined {
  const parts = path.split('.').filter((part) => !/^\d+$/.test(part));
  while (parts.length > 0) {
    const found = FIELDS[parts.join('/')];
    if (found !== undefined) return found;
    if (!WRAPPERS.includes(parts[0] ?? '')) return undefined;
    parts.shift();
  }
  return undefined;
}

function ruleOf(field: string): string {
  if (FILTERS.includes(field)) return 'filters';
  return DATES.includes(field) ? 'dates' : field;
}

/** @param t of texts of the area `errors` */
export function errorWords({ code, text, fix, field: path }: Refusal, language: Language, t: Translate): ErrorWords {
  const field = path === undefined ? undefined : fieldOf(path);
  if (OF_THE_PAGE.includes(code)) {
    const values = { field: t(`errors.fields.${field ?? 'to'}`) };
    return { text: t(`errors.codes.${code}.text`, values), fix: t(`errors.codes.${code}.fix`) };
  }
  const said = { text: text[language], fix: fix?.[language] ?? null };
  if (FIXED_OTHERWISE.includes(code)) return { ...said, fix: t(`errors.fixes.${code}`) };
  const isOfRule = OF_A_RULE.includes(code) && path !== undefined;
  // Of fields without a name here the rule is still in English: a reader of Chinese is told where, and what to look at.
  if (isOfRule && language === 'zh' && (field === undefined || ELSEWHERE_TOO.includes(path))) {
    return { text: t('errors.wrongAt', { field: path }), fix: t('errors.rules.unnamed') };
  }
  if (path === undefined || field === undefined) return said;
  const name = t(`errors.fields.${field}`);
  if (isOfRule && !ELSEWHERE_TOO.includes(path)) {
    return { text: t('errors.wrong', { field: name }), fix: t(`errors.rules.${ruleOf(field)}`) };
  }
  if (!OF_A_PARAMETER.includes(code)) return said;
  return { ...said, text: named(said.text, path, `“${name}”`) };
}

/** The sentence with the parameter by its name; it may stand in quotation marks already. */
function named(sentence: string, parameter: string, name: string): string {
  const quoted = [`“${parameter}”`, `"${parameter}"`].find((one) => sentence.includes(one));
  const [before, ...after] = sentence.split(quoted ?? parameter);
  return after.length === 0
    ? sentence
    : `${before}${name}${after.join(quoted ?? parameter)}`.replace(/” (?=[\u4e00-\u9fff])/, '”');
}

/** What happened, and then what to do: Chinese sentences follow each other without a space. */
export function sentences(text: string, fix: string | null): string {
  return fix === null ? text : `${text}${text.endsWith('。') ? '' : ' '}${fix}`;
}
