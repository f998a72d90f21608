import type { KpiDefinitionView } from '../../shared/api.js';
import { formulaText, type KpiDefinition } from './definition.js';
import { MEASURED } from './measure-definitions.js';
import { DISTINCT, ELSEWHERE, OWNERSHIP } from './other-definitions.js';
import { PEOPLE } from './people-definitions.js';
import { RATIOS } from './ratio-definitions.js';

/** Every number this product knows, once: wallboard, reports, exports, API and docs evaluate these. */
export const CATALOG: readonly KpiDefinition[] = [
  ...MEASURED,
  ...PEOPLE,
  ...DISTINCT,
  ...RATIOS,
  ...OWNERSHIP,
  ...ELSEWHERE,
];

const BY_ID = new Map(CATALOG.map((definition) => [definition.id, definition]));

export function findDefinition(id: string): KpiDefinition | undefined {
  return BY_ID.get(id);
}

/** Ids that have a value over a range of calls and time, in catalog order. */
export const AVAILABLE_KPI_IDS: readonly string[] = CATALOG.filter(
  (d) => d.available && d.expression.type !== 'elsewhere',
).map((d) => d.id);

export function definitionViews(ids: Iterable<string>): KpiDefinitionView[] {
  return [...new Set(ids)].flatMap((id) => {
    const definition = findDefinition(id);
    return definition === undefined ? [] : [definitionView(definition)];
  });
}

export function definitionView({ expression, ...rest }: KpiDefinition): KpiDefinitionView {
  return { ...rest, formula: formulaText(expression) };
}
