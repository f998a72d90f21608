/** Outcomes as rows of a file: those of GET /outcomes with the same query, newest first, all of one moment. Notes stay here. */
import type { Pool } from 'pg';
import { listOutcomes, type OutcomesQuery } from '../../outcomes/index.js';
import type { Scope } from '../../shared/access.js';
import { decimalsOf } from '../../shared/format/index.js';
import { NO_NUMBER } from '../../shared/mask-number.js';
import type { OutcomeView } from '../../shared/outcomes.js';
import type { RowCell, RowColumn } from '../files/index.js';
import { type NumberReader } from './list-names.js';
import type { List } from './lists.js';
import type { Moment } from './one-moment.js';

/** Throws as GET /outcomes does. The rows are to be read while the moment lasts. @param max counted up to one more */
export async function outcomeList(
  pool: Pool,
  moment: Moment,
  query: OutcomesQuery,
  scope: Scope,
  { language, numbers, max }: { language: 'en' | 'zh'; numbers: NumberReader; max: number },
): Promise<List> {
  const { count, pages } = await listOutcomes(pool, moment.db, query, scope, max);
  async function* rows(): AsyncGenerator<RowCell[]> {
    for await (const page of pages) {
      const known = await numbers(page.map(({ customerId }) => customerId));
      for (const outcome of page) yield cellsOf(outcome, known, language);
    }
  }
  return { count, columns: columnsIn(language), rows: rows() };
}

type Texts = [type: RowColumn['type'], en: string, zh: string];
const TEXTS: readonly Texts[] = [
  ['text', 'Outcome', '结果编号'],
  ['instant', 'Time', '时间'],
  ['number', 'Agent id', '坐席编号'],
  ['text', 'Agent', '坐席'],
  ['number', 'Team id', '团队编号'],
  ['text', 'Team', '团队'],
  ['number', 'Campaign id', '项目编号'],
  ['text', 'Campaign', '项目'],
  ['text', 'Call', '通话编号'],
  ['text', 'Customer number', '客户号码'],
  ['text', 'Disposition key', '小结代码'],
  ['text', 'Disposition', '通话小结'],
  ['money', 'Sale amount', '成交金额'],
  ['text', 'Currency', '币种'],
  ['instant', 'Callback', '预约回访'],
  ['number', 'Cancelled (1 = yes)', '已撤销（1 = 是）'],
  ['number', 'Version', '版本'],
  ['text', 'Problems', '问题'],
];

function columnsIn(language: 'en' | 'zh'): RowColumn[] {
  return TEXTS.map(([type, en, zh]) => ({ type, name: language === 'zh' ? zh : en }));
}

function cellsOf(outcome: OutcomeView, numbers: Map<string, string>, language: 'en' | 'zh'): RowCell[] {
  const { agent, team, campaign, disposition, sale, customerId } = outcome;
  return [
    outcome.id,
    outcome.at,
    agent?.id ?? 0,
    agent?.name ?? null,
    team.id,
    team.name,
    campaign.id,
    campaign.name,
    outcome.callId,
    customerId === null ? null : (numbers.get(customerId) ?? NO_NUMBER),
    disposition?.key ?? null,
    disposition?.name[language] ?? null,
    sale === null ? null : majorUnits(sale.amountMinor, sale.currency),
    sale === null ? null : sale.currency,
    outcome.callbackAt,
    outcome.cancelled ? 1 : 0,
    outcome.version,
    outcome.problems.join(' '),
  ];
}

const DIGITS = new Map<string, number>();

function majorUnits(minor: number, currency: string): number {
  let digits = DIGITS.get(currency);
  if (digits === undefined) {
    digits = /^[A-Z]{3}$/.test(currency) ? decimalsOf(currency) : 2;
    DIGITS.set(currency, digits);
  }
  return minor / 10 ** digits;
}
