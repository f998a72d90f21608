/**
 * Proves what messages say: changes, targets and lateness in both languages; that names cannot become mentions, links or
 * markup in any of the forms; that each form keeps within its limit however long the pack is.
 */
import { expect, test } from '@jest/globals';
import {
  dingtalkBody,
  feishuBody,
  htmlText,
  plainText,
  slackBody,
  wecomBody,
} from '../../../src/reports/schedules/destinations/texts.js';
import { figureLine, messageOf } from '../../../src/reports/schedules/message.js';
import type { PackSummary, SummaryFigure } from '../../../src/shared/schedules.js';

const figure = (more: Partial<SummaryFigure>): SummaryFigure => ({
  name: { en: 'Dials', zh: '拨打' },
  unit: 'count',
  value: 1_200,
  compared: 1_000,
  target: null,
  goodDirection: 'up',
  ...more,
});
const summary = (more: Partial<PackSummary> = {}, figures = [figure({})]): PackSummary => ({
  name: 'Weekly',
  organisation: 'Acme',
  language: 'en',
  due: '2026-11-23T00:30:00.000Z',
  late: false,
  missed: 0,
  asOf: '2026-11-23T00:30:02.000Z',
  parts: [
    {
      title: { en: 'Team comparison', zh: '团队对比' },
      dates: { from: '2026-11-16', to: '2026-11-23' },
      from: '2026-11-15T16:00:00.000Z',
      to: '2026-11-22T16:00:00.000Z',
      timeZone: 'Asia/Shanghai',
      filters: [],
      figures,
      page: '/reports/ready/team_comparison?range=last_week',
    },
  ],
  ...more,
});
const lines = (figures: SummaryFigure[], language: 'en' | 'zh' = 'en') =>
  messageOf(summary({ language }, figures), null).parts[0]?.figures.map((one) => figureLine(one, language));

test('figures: change in per cent, of rates in points, of money in one currency, against the target', () => {
  const money = (amountMinor: number, currency = 'CNY') => ({ amountMinor, currency });
  expect(
    lines([
      figure({ target: 1_500 }),
      figure({ unit: 'fraction', value: 0.213, compared: 0.225, name: { en: 'Connect rate', zh: '接通率' } }),
      figure({ compared: 0 }),
      figure({ value: null }),
      figure({ value: 1_000 }),
      figure({ unit: 'money', value: money(150_00), compared: money(100_00) }),
      figure({ unit: 'money', value: money(150_00), compared: money(100_00, 'EUR') }),
    ]),
  ).toEqual([
    // 1,200 / 1,000 = + 20 %; 1,200 / 1,500 = 80 %
    'Dials: 1,200 (▲ 20 % on before) · target 1,500 (80 %)',
    'Connect rate: 21.3% (▼ 1.2 pp on before)',
    'Dials: 1,200',
    'Dials: —',
    'Dials: 1,000 (= 0 % on before)',
    'Dials: CN¥150.00 (▲ 50 % on before)',
    'Dials: CN¥150.00',
  ]);
  expect(lines([figure({ target: 1_500 })], 'zh')).toEqual(['拨打：1,200（较上期 ▲ 20 %） · 目标 1,500 (80 %)']);
});

test('late and missed are said first, days as they are counted', () => {
  const text = plainText(messageOf(summary({ late: true, missed: 2 }), 'https://calls.example.com'));
  expect(text).toContain('Sent late: it was due Nov 23, 2026, 08:30:00.');
  expect(text).toContain('2 earlier times were missed');
  expect(text).toContain('2026-11-16 – 2026-11-22');
  expect(text).toContain('https://calls.example.com/reports/ready/team_comparison?range=last_week');
});

const HOSTILE =
  '<@all> <script>alert(1)</script> [x](https://evil.example) **b** `c` @everyone <!channel> & "q"\r\n# h';

test('what people named stays text in every form', () => {
  const message = messageOf(summary({ name: HOSTILE, organisation: '' }), null);
  const html = htmlText(message);
  expect(html).not.toContain('<script>');
  expect(html).toContain('&lt;script&gt;');
  for (const markdown of [wecomBody(message).markdown.content, dingtalkBody(message).markdown.text]) {
    expect(markdown).not.toMatch(/<@|<script|\]\(https:\/\/evil|@everyone|`c`/);
  }
  expect(slackBody(message).text).not.toMatch(/<!channel>|<@/);
  expect(JSON.stringify(slackBody(message).blocks)).not.toContain('mrkdwn');
  expect(JSON.stringify(feishuBody(message))).not.toMatch(/lark_md|"markdown"/);
});

test('a pack of ten reports with long names keeps within every limit, and says that something is left out', () => {
  const long = { en: '长'.repeat(200), zh: '长'.repeat(200) };
  const [part] = summary(
    {},
    Array.from({ length: 12 }, () => figure({ name: long })),
  ).parts;
  const parts = part === undefined ? [] : Array.from({ length: 10 }, () => part);
  const message = messageOf(summary({ parts, language: 'zh' }), 'https://calls.example.com');
  const { content } = wecomBody(message).markdown;
  expect(Buffer.byteLength(content)).toBeLessThanOrEqual(4_096);
  expect(content).toContain('…');
  expect(content).not.toContain('\uFFFD');
  expect(Buffer.byteLength(JSON.stringify(dingtalkBody(message)))).toBeLessThanOrEqual(20_000);
  expect(Buffer.byteLength(JSON.stringify(feishuBody(message)))).toBeLessThanOrEqual(20_000);
  const slack = slackBody(message);
  expect(slack.blocks.length).toBeLessThanOrEqual(50);
  for (const block of slack.blocks) expect(JSON.stringify(block).length).toBeLessThanOrEqual(3_300);
});
