/** Properties of the KPI sets, read off the catalog: its names, its formulas, its versions. Pure. */
import {
  bareOperand,
  CATALOG,
  formulaText,
  type KpiDefinition,
  MEASURE_COLUMNS,
  type MeasureColumn,
  operandsOf,
  STATE_COLUMNS,
} from '../../../kpi/index.js';
import { type Property, property } from './entity-set.js';

type Expression = KpiDefinition['expression'];
type Ratio = Extract<Expression, { type: 'ratio' }>;

/** What one row of a set is, as that decides what has a value in it. */
export interface RowKind {
  /**
   * A campaign's: time in states belongs to none, so what divides calls by such time has no value; amounts are of the
   * campaign's currency. Else somebody's over all campaigns, with the amounts of `m` (kpi-joins.ts).
   */
  campaign: boolean;
  /** A whole business day: distinct customers are known by the day. */
  day: boolean;
}

const OF_STATES: ReadonlySet<string> = new Set(STATE_COLUMNS);
/** Distinct customers of one row. Never to be added up over rows. */
const CUSTOMERS = { customers: 'c.customers', customers_connected: 'c.connected' } as const;

export interface KpiProperties {
  all: readonly Property[];
  /** Names of those that look at `c`, and at `m`: joined only where one of them is asked for. */
  ofCustomers: readonly string[];
  ofMoney: readonly string[];
}

/** Measures first (whole numbers, seconds with three decimals, minor units of money), then what is worked out of them. */
export function kpiProperties(kind: RowKind): KpiProperties {
  const found = CATALOG.filter(({ available }) => available).flatMap((definition) => {
    const made = new OfRow(kind, definition).property();
    return made === null ? [] : [{ made, isMeasure: definition.kind === 'measure' }];
  });
  const all = [...found.filter(({ isMeasure }) => isMeasure), ...found.filter(({ isMeasure }) => !isMeasure)].map(
    ({ made }) => made,
  );
  const using = (alias: RegExp): string[] => all.filter(({ sql }) => alias.test(sql)).map(({ name }) => name);
  return { all, ofCustomers: using(/\bc\./), ofMoney: using(/\bm\./) };
}

/** Amounts, and the counts they are divided by: sums in the one currency a row of all campaigns has. */
export const MONEY_COLUMNS: readonly MeasureColumn[] = MEASURE_COLUMNS.filter((column) =>
  CATALOG.some((definition) => isMoney(definition) && operandsOf(definition.id).some((one) => isIn(one, column))),
).filter((column) => !isState(column));

class OfRow {
  private readonly money: boolean;

  constructor(
    private readonly kind: RowKind,
    private readonly definition: KpiDefinition,
  ) {
    this.money = isMoney(definition);
  }

  /** Null: it has no value in such a row. */
  property(): Property | null {
    const { id, expression } = this.definition;
    const operands = operandsOf(id);
    if (operands.length === 0 || operands.some((operand) => columnsOf(operand) === null)) return null;
    if (!this.kind.day && operands.some(isCounted)) return null;
    switch (expression.type) {
      case 'distinct':
        return property(id, 'Int64', this.sum(expression.of), `${describe(this.definition)} Do not add up over rows.`);
      case 'sum':
        return this.sumProperty(expression.terms);
      case 'ratio':
        return this.kind.campaign && !isOfOneKind(id) ? null : this.ratioProperty(expression);
      default:
        return null;
    }
  }

  private sumProperty(terms: readonly string[]): Property {
    const sql = terms.map((term) => `${term.startsWith('-') ? '- ' : '+ '}${this.sum(bareOperand(term))}`).join(' ');
    const plain = sql.replace(/^\+ /, '');
    const { id, unit } = this.definition;
    if (unit === 'seconds') return property(id, 'Decimal', `((${plain}) / 1000.0)`, describe(this.definition));
    if (!this.money) return property(id, 'Int64', plain, describe(this.definition));
    return property(`${id}_minor`, 'Int64', plain, this.amountText(), { nullable: !this.kind.campaign });
  }

  /** The same steps as the catalog's own evaluation, in the same order, so that both give the same last digit. */
  private ratioProperty({ over, under, perHour }: Ratio): Property {
    const hours = perHour ? `(${this.exact(under)} / 3600)` : this.exact(under);
    const sql = `(CASE WHEN ${this.exact(under)} > 0 THEN ${this.exact(over)} / ${hours} END)`;
    const { id } = this.definition;
    if (!this.money) return property(id, 'Double', sql, describe(this.definition), { nullable: true });
    return property(`${id}_minor`, 'Double', sql, this.amountText(), { nullable: true });
  }

  private exact(terms: readonly string[]): string {
    const add = (wanted: boolean) => {
      const some = terms.filter((term) => isTime(bareOperand(term)) === wanted);
      return some.map((term) => `${term.startsWith('-') ? '-' : '+'} ${this.sum(bareOperand(term))}`).join(' ') || '0';
    };
    return `((${add(false)})::float8 + (${add(true)})::float8 / 1000)`;
  }

  /** An operand of the catalog as a sum of columns, or as a count of customers. */
  private sum(operand: string): string {
    if (isCounted(operand)) return CUSTOMERS[operand];
    const of = (column: MeasureColumn): string => (this.money && !this.kind.campaign && !isState(column) ? 'm' : 'r');
    return `(${(columnsOf(operand) ?? []).map((column) => `${of(column)}.${column}`).join(' + ')})`;
  }

  private amountText(): string {
    const several = this.kind.campaign ? '' : ' Null: in several.';
    return `${describe(this.definition)} Minor units of currency.${several}`;
  }
}

function isMoney({ unit }: KpiDefinition): boolean {
  return unit === 'money' || unit === 'money_per_hour';
}

function isCounted(operand: string): operand is keyof typeof CUSTOMERS {
  return Object.hasOwn(CUSTOMERS, operand);
}

/** Of calls and outcomes alone, or of states alone. */
function isOfOneKind(id: string): boolean {
  const ofStates = operandsOf(id).map((operand) => columnsOf(operand)?.some(isState) === true);
  return new Set(ofStates).size === 1;
}

function isState(column: MeasureColumn): boolean {
  return OF_STATES.has(column);
}

function isIn(operand: string, column: MeasureColumn): boolean {
  return columnsOf(operand)?.includes(column) ?? false;
}

/** Null: it is not in the sums. Counts of customers are in none, and can be asked for all the same. */
function columnsOf(operand: string): readonly MeasureColumn[] | null {
  if (operand === 'logged_in_s') return STATE_COLUMNS;
  if (isCounted(operand)) return [];
  const names = [operand, operand.replace(/_s$/, '_ms'), `${operand}_minor`];
  const named = MEASURE_COLUMNS.find((column) => names.includes(column));
  return named === undefined ? null : [named];
}

function isTime(operand: string): boolean {
  return operand === 'logged_in_s' || (columnsOf(operand)?.some((column) => column.endsWith('_ms')) ?? false);
}

function describe({ name, expression, explanation, version }: KpiDefinition): string {
  return `${name.en} / ${name.zh}: ${formulaText(expression)} (version ${version}). ${explanation.en}`;
}
