/** Proves that a refusal says the field by its name on the page and what to do, in the reader's language, and never a rule in English. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { ErrorCode } from '../../../src/platform/index.js';
import { AppError } from '../../../src/platform/index.js';
import { errorWords, fieldOf, type Refusal, sentences } from '../../../web/src/ui/error-words.js';

type Messages = { [key: string]: string | Messages };
const messages = (language: string) =>
  JSON.parse(
    readFileSync(join(import.meta.dirname, `../../../web/src/i18n/areas/errors.${language}.json`), 'utf8'),
  ) as Messages;
const BOTH = { en: messages('en'), zh: messages('zh') };

/** As i18next reads a message; what is not there is an error. */
function said(language: 'en' | 'zh') {
  return (key: string, values: Record<string, string> = {}): string => {
    let found: string | Messages | undefined = BOTH[language];
    for (const part of key.split('.')) found = typeof found === 'object' ? found[part] : undefined;
    if (typeof found !== 'string') throw new Error(`There is no message ${key}`);
    return found.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '…');
  };
}

/** As it comes over the wire. */
function refusal(code: ErrorCode, field?: string, params: Record<string, string | number> = {}): Refusal {
  const { error } = new AppError(code, { ...(field === undefined ? {} : { field }), params }).toBody();
  return { code: error.code, text: error.message, fix: error.fix, field: error.field };
}
const zh = (one: Refusal) => errorWords(one, 'zh', said('zh'));
const en = (one: Refusal) => errorWords(one, 'en', said('en'));

describe('a field', () => {
  test.each([
    ['name', 'name'],
    ['destinations.0.to.1', 'recipients'],
    ['destination.url', 'address'],
    ['sources.2.query.filters.agents', 'agents'],
    ['source.spec.kpis.0', 'kpis'],
    ['source.spec.range', 'range'],
    ['source.query', 'query'],
    ['rhythm.at', 'time'],
    ['hourOfDay', 'hoursOfDay'],
    // Another form's: nothing here knows what it is called there.
    ['addresses.0.value', undefined],
    ['addresses.0.to', undefined],
    ['body', undefined],
  ])('%s is %s', (path, field) => {
    expect(fieldOf(path)).toBe(field);
  });
});

describe('a refusal', () => {
  test('by a rule names the field and the rule, not the sentence of the schema', () => {
    for (const code of ['request_invalid', 'saved_report_invalid'] as const) {
      const one = refusal(code, 'name', { field: 'name', reason: 'name: must not hold control characters' });
      expect(zh(one)).toEqual({
        text: '“名称”填写有误。',
        fix: '名称不能为空、不能过长，也不能包含换行等控制字符。',
      });
      expect(en(one).text).toBe('Name cannot be used like this.');
    }
    const mail = refusal('request_invalid', 'destinations.0.to.0', { reason: 'must be an e-mail address' });
    expect(zh(mail).text).toBe('“收件人邮箱”填写有误。');
    expect(zh(mail).fix).toMatch(/^请填写 1 至 20 个完整的邮箱地址/);
  });

  test.each([
    ['request_invalid', 'name destinations.0.to.0 destinations.1.url destination.secret sources rhythm.at zone'],
    ['request_invalid', 'scopes ratePerMinute expiresAt packLinkUses source.query source.spec.range'],
    ['request_invalid', 'source.spec.groupBy source.spec.kpis sources.0.query.filters.teams rhythm.day destinations'],
  ] as const)('%s of %s says all of it in Chinese', (code, paths) => {
    for (const path of paths.split(' ')) {
      const { text, fix } = zh(refusal(code, path, { reason: `${path}: Invalid input` }));
      expect([path, /^“[\u4e00-\u9fff]+”填写有误。$/.test(text)]).toEqual([path, true]);
      expect([path, /^[\u4e00-\u9fff]/.test(fix ?? '')]).toEqual([path, true]);
    }
  });

  test('of a parameter of an address says what the page calls it', () => {
    expect(zh(refusal('time_invalid', 'from', { name: 'from' })).text).toBe(
      '“开始日期”既不是日期，也不是带时区偏移的时刻。',
    );
    expect(zh(refusal('number_invalid', 'hourOfDay', { name: 'hourOfDay', min: 0, max: 23 })).text).toBe(
      '“时段（小时）”必须是 0 到 23 之间的整数。',
    );
    expect(zh(refusal('outside_scope', 'agent', { name: 'agent' })).text).toBe('筛选条件“坐席”包含您无权查看的对象。');
    expect(en(refusal('outside_scope', 'agent', { name: 'agent' })).text).toBe(
      'The filter “Agents” names somebody you may not see.',
    );
    expect(en(refusal('id_invalid', 'team', { name: 'team', max: 100 })).text).toMatch(/^“Teams” must be one id/);
  });

  test('that tells programs what to do tells people something else', () => {
    expect(zh(refusal('range_empty', 'to'))).toEqual({
      text: '时间范围为空：“结束日期”早于开始。',
      fix: '请选择不早于开始的结束日期。',
    });
    expect(zh(refusal('range_empty', 'compareTo')).text).toBe('时间范围为空：“对比结束日期”早于开始。');
    expect(zh(refusal('kpi_unknown', 'kpis', { id: 'dails' }))).toEqual({
      text: '不存在指标 dails。',
      fix: '请从指标列表中重新选择；各指标说明见“指标”页面。',
    });
    for (const code of Object.keys(BOTH.zh.errors?.['codes' as never] ?? {}) as ErrorCode[]) {
      expect([code, `${zh(refusal(code)).text}${zh(refusal(code)).fix}`]).not.toEqual([
        code,
        expect.stringMatching(/GET |\/api|compareFrom|range,/),
      ]);
    }
  });

  test('nothing is known about stays as the server says it', () => {
    const one = refusal('request_invalid', 'addresses.0.value', { reason: 'addresses.0.value: is taken' });
    expect(en(one)).toEqual({ text: 'The request is not valid: addresses.0.value: is taken', fix: null });
    // The hours of a day elsewhere.
    const hours = refusal('request_invalid', 'from', { reason: 'from: must be a time' });
    expect(en(hours).text).toMatch(/must be a time$/);
    // Where a Chinese sentence would end in English it says where, and what to look at.
    expect([zh(one), zh(hours)].map(({ text }) => text)).toEqual([
      '填写有误（addresses.0.value）。',
      '填写有误（from）。',
    ]);
    expect(zh(one).fix).toBe('请检查该项的长度、格式和可选范围，修改后重试。');
    expect(zh(refusal('exports_too_many', undefined, { max: 5 }))).toEqual({
      text: '您已有 5 个导出正在排队或进行中。',
      fix: '请等待其中一个完成，或取消一个。',
    });
  });
});

test('what happened and what to do are one text, as each language sets it', () => {
  expect(sentences('没有该坐席。', '请重新选择。')).toBe('没有该坐席。请重新选择。');
  expect(sentences('There is no such agent.', 'Choose another.')).toBe('There is no such agent. Choose another.');
  expect(sentences('没有该坐席。', null)).toBe('没有该坐席。');
});
