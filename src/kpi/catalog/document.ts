import { CATALOG } from './catalog.js';
import { formulaText, type KpiDefinition } from './definition.js';
import { EFFECTIVE_SECONDS_IN_USE, STATE_TIME_STEPS_SECONDS } from './presets.js';
import { RULES } from './rules.js';

/** docs/kpi.md, whole. */
export function renderKpiDocument(): string {
  const of = (kind: KpiDefinition['kind']) => CATALOG.filter((definition) => definition.kind === kind);
  return [
    '# KPI catalog',
    '',
    'Generated from `src/kpi/catalog` by `npm run docs`; do not edit. Every screen, export and alert and the API evaluate these definitions;',
    '`GET /api/v1/kpis/catalog` returns them.',
    '',
    'The API gives counts, seconds (decimals allowed), fractions (40 % is `0.4`) and `{amountMinor, currency}`. No value is',
    '`null`, shown as “—”, never 0. Figures are rounded half-up, once, when they are shown. “later” marks figures whose data',
    'no phone system gives yet: they are `null`. Measures without a prefix are outbound.',
    '',
    '## Measures',
    '',
    ...of('measure').flatMap(section),
    '## Distinct customers',
    '',
    ...of('distinct').flatMap(section),
    '## Ratios',
    '',
    'Ratios of sums, never averages of ratios.',
    '',
    ...of('ratio').flatMap(section),
    '## Rules',
    '',
    ...Object.values(RULES).flatMap((rule) => [`- ${rule.en}  `, `  ${rule.zh}`]),
    '',
    '## Presets',
    '',
    `- Effective call, seconds of talk in use in the field: ${EFFECTIVE_SECONDS_IN_USE.join(', ')}.`,
    `- Time in state, seconds at which the colour steps up: waiting ${STATE_TIME_STEPS_SECONDS.waiting.join('/')}, in call ${STATE_TIME_STEPS_SECONDS.inCall.join('/')}, paused ${STATE_TIME_STEPS_SECONDS.paused.join('/')}. Source: the real-time report of VICIdial.`,
    '',
  ].join('\n');
}

function section(definition: KpiDefinition): string[] {
  const { id, version, name, explanation, unit, goodDirection, thresholds, source, available } = definition;
  const facts = [
    `\`${formulaText(definition.expression)}\``,
    unit,
    `good: ${goodDirection}`,
    ...(thresholds ? [`warn ${thresholds.warn}, bad ${thresholds.bad}`] : []),
    `version ${version}`,
    ...(available ? [] : ['**later**']),
  ];
  return [
    `### \`${id}\` ${name.en} / ${name.zh}`,
    '',
    facts.join(' · '),
    '',
    `${explanation.en}  `,
    `${explanation.zh}  `,
    `Source: ${source.en} / ${source.zh}`,
    '',
  ];
}
