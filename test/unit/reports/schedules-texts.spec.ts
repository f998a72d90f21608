/**
 * Proves what messages say: changes, targets and lateness in both languages; that names cannot become mentions, links or
 * markup in any of the forms; that each form keeps within its limit however long the pack is, and its link stays; how a file
 * is given to WeCom.
 */
import { expect, test } from '@jest/globals';
import { multipart, wecomUploadAddress } from '../../../src/reports/schedules/destinations/multipart.js';
import {
  dingtalkBody,
  feishuBody,
  htmlText,
  plainText,
  slackBody,
  wecomBody,
} from '../../../src/reports/schedules/destinations/texts.js';
import { figureLine, messageOf, type PackOffer } from '../../../src/reports/schedules/message.js';
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
    'Dials: 1,200 (▲ 20.0% on before) · target 1,500 (80.0%)',
    'Connect rate: 21.3% (▼ 1.2 pp on before)',
    'Dials: 1,200',
    'Dials: —',
    'Dials: 1,000 (= 0.0% on before)',
    'Dials: CN¥150.00 (▲ 50.0% on before)',
    'Dials: CN¥150.00',
  ]);
  expect(lines([figure({ target: 1_500 })], 'zh')).toEqual([
    '拨打：1,200（较上期 ▲ 20.0%） · 目标 1,500（达成 80.0%）',
  ]);
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

test('the link to the pack is in every form, says how it works, and stays when figures have to go', () => {
  const url = 'https://calls.example.com/pack#abc_DEF-123';
  const offer = { url, access: 'open', uses: 3, fileName: '周会 2026-11-23.pdf', bytes: 254_123 } as const;
  const forms = (language: 'en' | 'zh', given: PackOffer): string[] => {
    const many = Array.from({ length: 12 }, () => figure({ name: { en: '长'.repeat(200), zh: '长'.repeat(200) } }));
    const message = messageOf(summary({ language }, many), 'https://calls.example.com', given);
    return [
      plainText(message),
      htmlText(message),
      wecomBody(message).markdown.content,
      dingtalkBody(message).markdown.text,
      JSON.stringify(feishuBody(message)),
      JSON.stringify(slackBody(message)),
    ];
  };
  for (const text of forms('en', offer)) {
    expect(text).toContain(url);
    expect(text).toContain('Download the pack (PDF, 255 kB)');
    expect(text).toContain('Works for 7 days: 3 times without sign-in, after that with it.');
  }
  for (const text of forms('zh', { ...offer, access: 'sign_in', bytes: 2_540_000 })) {
    expect(text).toContain('下载报表包（PDF，2.5 MB）');
    expect(text).toContain('7 天内有效，登录后下载。');
  }
  for (const text of forms('en', { ...offer, uses: 1 })) expect(text).toContain('once without sign-in');
});

test('a file for WeCom: beside the robot, one part with its name as it is and its length', () => {
  expect(wecomUploadAddress('https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k-1')).toBe(
    'https://qyapi.weixin.qq.com/cgi-bin/webhook/upload_media?key=k-1&type=file',
  );
  const content = Buffer.from([0, 13, 10, 45, 45, 255]);
  const { body, type } = multipart('media', { name: '周会 "a"\r\nx.pdf', mediaType: 'application/pdf', content });
  const boundary = type.replace('multipart/form-data; boundary=', '');
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="media"; filename="周会  a   x.pdf"; filelength=6\r\nContent-Type: application/pdf\r\n\r\n`;
  expect(body).toEqual(Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)]));
});
