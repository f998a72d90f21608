/** Proves that both languages have the same messages with the same placeholders, and every message the screens ask for. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { KEY_SCOPES } from '../../../src/shared/keys.js';
import { chooseLanguage } from '../../../web/src/i18n/language.js';
import { scopeName } from '../../../web/src/keys/scope-name.js';

const web = join(import.meta.dirname, '../../../web/src');

function flatten(value: unknown, path = ''): [key: string, text: string][] {
  if (typeof value === 'string') return [[path, value]];
  return Object.entries(value as object).flatMap(([key, inner]) => flatten(inner, path ? `${path}.${key}` : key));
}

const read = (language: string) =>
  new Map(
    readdirSync(join(web, 'i18n'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file === `${language}.json` || file.endsWith(`.${language}.json`))
      .flatMap((file) => flatten(JSON.parse(readFileSync(join(web, 'i18n', file), 'utf8')))),
  );
const en = read('en');
const zh = read('zh');
// Chinese has one plural form, English two.
const keys = (messages: Map<string, string>) =>
  new Set([...messages.keys()].map((key) => key.replace(/_(one|other)$/, '')));

describe('messages', () => {
  test('have the same keys in both languages', () => {
    expect([...keys(zh)].sort()).toEqual([...keys(en)].sort());
  });
  test('have the same placeholders', () => {
    const placeholders = (text: string | undefined) =>
      [...(text ?? '').matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
    for (const [key, text] of zh) expect([key, placeholders(text)]).toEqual([key, placeholders(en.get(key))]);
  });
  test('are translated: no empty text, Chinese in the Chinese file', () => {
    const sameOnPurpose = new Set(['app.name', 'app.otherLanguage', 'kpis.units.fraction']);
    for (const [key, text] of en) expect([key, text.trim()]).not.toEqual([key, '']);
    for (const [key, text] of zh)
      if (!sameOnPurpose.has(key)) expect([key, /[\u4e00-\u9fff]/.test(text)]).toEqual([key, true]);
  });
  test('exist for every key a screen names, and none is left over', () => {
    const sources = readdirSync(web, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => readFileSync(join(web, file), 'utf8'))
      .join('\n');
    const known = keys(en);
    const named = new Set(
      [...sources.matchAll(/['"`]([a-z][A-Za-z]*(?:\.[A-Za-z0-9_]+)+)['"`]/g)].map((match) => match[1] ?? ''),
    );
    // `calls.outcome.${outcome}`: every message below the fixed part counts as named.
    const families = [...sources.matchAll(/`([a-z][A-Za-z.]*\.)\$\{/g)].map((match) => match[1] ?? '');
    const tops = new Set([...known].map((key) => key.split('.')[0]));
    const missing = [...named].filter((key) => tops.has(key.split('.')[0]) && !known.has(key));
    expect(missing).toEqual([]);
    expect([...known].filter((key) => !named.has(key) && !families.some((family) => key.startsWith(family)))).toEqual(
      [],
    );
    for (const family of families)
      expect([family, [...known].some((key) => key.startsWith(family))]).toEqual([family, true]);
  });
});

test('every permission a key can have has a name', () => {
  const nameless = KEY_SCOPES.map((scope) => scopeName(scope)).filter((key) => !en.has(key) || !zh.has(key));
  expect(nameless).toEqual([]);
});

test.each([
  ['zh', null, ['en-US'], 'zh'],
  [null, 'zh', ['en-US'], 'zh'],
  [null, null, ['de-DE', 'zh-Hans-CN', 'en'], 'zh'],
  [null, null, ['de-DE'], 'en'],
  ['xx', 'en', ['zh'], 'en'],
])('asked %p, remembered %p, browser %p → %s', (asked, remembered, browser, expected) => {
  expect(chooseLanguage(asked, remembered, browser)).toBe(expected);
});
