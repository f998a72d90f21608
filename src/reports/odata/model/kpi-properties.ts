/** Properties of the KPI sets, read off the catalog: its names, its formulas, its versions. Pure. */
import {
  bareOperand,
  CATALOG,
  formulaText,
  type KpiDefinition,
  MEASURE_COLUMNS,
  STATE_COLUMNS,
} from '../../../kpi/index.js';
import { type Property, property } from './entity-set.js';

type Expression = KpiDefinition['expression'];

const COLUMNS: ReadonlySet<string> = new Set(MEASURE_COLUMNS);

/** Distinct customers of one row, from `CUSTOMERS_OF_ROW`. Never to be added up over rows. */
const CUSTOMERS = { customers: 'c.customers', customers_connected: 'c.connected' } as const;
/** To be joined to the rows `r` when one of `OF_CUSTOMERS` is asked for: a look at each row. */
export const CUSTOMERS_OF_ROW = `LEFT JOIN LATERAL (
  SELECT count(*) AS customers, count(*) FILTER (WHERE d.connects > 0) AS connected FROM customer_day d
  WHERE d.business_date = r.business_date AND d.agent_id = r.agent_id AND d.team_id = r.team_id
    AND d.campaign_id = r.campaign_id AND d.dials > 0) c ON true`;

/** Measures: whole numbers, seconds with three decimals, minor units of money. */
export const MEASURE_PROPERTIES: readonly Property[] = CATALOG.flatMap((definition) =>
  definition.kind === 'measure' && definition.available ? [sumProperty(definition, definition.expression)] : [],
);

/**
 * What has a value in one row (a day of an agent in a campaign): ratios of calls and outcomes, ratios of states. Those of
 * both have none, because time in states belongs to no campaign; nor has what counts customers somebody owns.
 */
export const RATIO_PROPERTIES: readonly Property[] = CATALOG.flatMap((definition) => {
  const { id, expression, available } = definition;
  if (!available) return [];
  if (expression.type === 'distinct') {
    const sql = isCounted(expression.of) ? CUSTOMERS[expression.of] : null;
    return sql === null ? [] : [property(id, 'Int64', sql, `${describe(definition)} Do not add up over rows.`)];
  }
  if (definition.kind !== 'ratio') return [];
  if (expression.type === 'sum') return [sumProperty(definition, expression)];
  return expression.type === 'ratio' && isOfOneKind(expression) ? [ratioProperty(definition, expression)] : [];
});

export const OF_CUSTOMERS: readonly string[] = RATIO_PROPERTIES.filter(({ sql }) =>
  Object.values(CUSTOMERS).some((column) => sql.includes(column)),
).map(({ name }) => name);

function isCounted(operand: string): operand is keyof typeof CUSTOMERS {
  return Object.hasOwn(CUSTOMERS, operand);
}

function isOfOneKind({ over, under }: Extract<Expression, { type: 'ratio' }>): boolean {
  const operands = [...over, ...under].map(bareOperand);
  if (operands.some((operand) => columnsOf(operand) === null)) return false;
  const ofStates = operands.map((operand) => columnsOf(operand)?.some((one) => STATE_COLUMNS.some((s) => s === one)));
  return ofStates.every((one) => one === true) || ofStates.every((one) => one !== true);
}

function sumProperty(definition: KpiDefinition, expression: Expression): Property {
  const terms = expression.type === 'sum' ? expression.terms : [];
  const sql = terms.map((term) => `${term.startsWith('-') ? '- ' : '+ '}${sumOf(bareOperand(term))}`).join(' ');
  const plain = sql.replace(/^\+ /, '');
  switch (definition.unit) {
    case 'seconds':
      return property(definition.id, 'Decimal', `((${plain}) / 1000.0)`, describe(definition));
    case 'money':
      return property(`${definition.id}_minor`, 'Int64', plain, `${describe(definition)} Minor units of currency.`);
    default:
      return property(definition.id, 'Int64', plain, describe(definition));
  }
}

/** The same steps as the catalog's own evaluation, in the same order, so that both give the same last digit. */
function ratioProperty(definition: KpiDefinition, { over, under, perHour }: Extract<Expression, { type: 'ratio' }>) {
  const hours = perHour ? `(${exact(under)} / 3600)` : exact(under);
  const sql = `(CASE WHEN ${exact(under)} > 0 THEN ${exact(over)} / ${hours} END)`;
  const isMoney = definition.unit === 'money' || definition.unit === 'money_per_hour';
  const name = isMoney ? `${definition.id}_minor` : definition.id;
  const unit = isMoney ? ' Minor units of currency.' : '';
  return property(name, 'Double', sql, `${describe(definition)}${unit}`, { nullable: true });
}

function exact(terms: readonly string[]): string {
  const add = (wanted: boolean) => {
    const some = terms.filter((term) => isTime(bareOperand(term)) === wanted);
    return some.map((term) => `${term.startsWith('-') ? '-' : '+'} ${sumOf(bareOperand(term))}`).join(' ') || '0';
  };
  return `((${add(false)})::float8 + (${add(true)})::float8 / 1000)`;
}

/** An operand of the catalog as a sum of columns, or as a count of customers. */
function sumOf(operand: string): string {
  if (isCounted(operand)) return CUSTOMERS[operand];
  return `(${(columnsOf(operand) ?? []).map((column) => `r.${column}`).join(' + ')})`;
}

/** Null: it is not in the sums. Counts of customers are in none, and can be asked for all the same. */
function columnsOf(operand: string): readonly string[] | null {
  if (operand === 'logged_in_s') return STATE_COLUMNS;
  if (isCounted(operand)) return [];
  const named = [operand, operand.replace(/_s$/, '_ms'), `${operand}_minor`].find((column) => COLUMNS.has(column));
  return named === undefined ? null : [named];
}

function isTime(operand: string): boolean {
  return operand === 'logged_in_s' || (columnsOf(operand)?.some((column) => column.endsWith('_ms')) ?? false);
}

function describe({ name, expression, explanation, version }: KpiDefinition): string {
  return `${name.en} / ${name.zh}: ${formulaText(expression)} (version ${version}). ${explanation.en}`;
}
