/** Proves: every error leaves as a coded body in both languages, and nothing internal ever leaves with it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError, ERROR_CATALOGUE, errorReply, renderErrorsDocument } from '../../../src/platform/index.js';

const entries = Object.entries(ERROR_CATALOGUE);

test('each area is sorted, and no code stands in two of them', () => {
  const directory = join(import.meta.dirname, '../../../src/platform/errors');
  const files = ['catalogue.ts', ...readdirSync(join(directory, 'areas')).map((file) => `areas/${file}`)];
  const codes = files.flatMap((file) => {
    const found = [...readFileSync(join(directory, file), 'utf8').matchAll(/^ {2}(\w+): \{/gm)].map(([, code]) => code);
    expect([file, found]).toEqual([file, found.toSorted()]);
    return found;
  });
  expect(codes.toSorted()).toEqual(entries.map(([code]) => code).toSorted());
});

test('every sentence exists in both languages with the same places', () => {
  const places = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
  for (const [code, definition] of entries) {
    expect(code).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
    expect(definition.zh).toMatch(/[\u4e00-\u9fff]/);
    expect([code, places(definition.zh)]).toEqual([code, places(definition.en)]);
    if ('fix' in definition) expect([code, places(definition.fix.zh)]).toEqual([code, places(definition.fix.en)]);
  }
});

test('an AppError renders code, both sentences, field and fix', () => {
  const { status, body, unexpected } = errorReply(
    new AppError('request_invalid', { field: 'from', params: { reason: 'not a date' } }),
  );
  expect({ status, unexpected }).toEqual({ status: 400, unexpected: false });
  expect(body.error).toEqual({
    code: 'request_invalid',
    field: 'from',
    message: { en: 'The request is not valid: not a date', zh: '请求无效：not a date' },
  });
});

test('an unknown error says nothing about itself', () => {
  const secret = 'postgres://user:hunter2@host';
  for (const thrown of [new Error(secret), { message: secret, stack: secret }, secret, null, undefined, 7]) {
    const { status, body, unexpected } = errorReply(thrown);
    expect({ status, unexpected, code: body.error.code }).toEqual({ status: 500, unexpected: true, code: 'internal' });
    expect(JSON.stringify(body)).not.toContain('hunter2');
  }
});

test.each([
  [{ code: 'FST_ERR_CTP_BODY_TOO_LARGE', statusCode: 413 }, 'body_too_large'],
  [{ code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE', statusCode: 415 }, 'unsupported_media_type'],
  [{ code: 'FST_ERR_CTP_INVALID_JSON_BODY', statusCode: 400 }, 'request_invalid'],
  [{ statusCode: 400 }, 'request_invalid'],
  [{ getStatus: () => 404 }, 'not_found'],
  [{ getStatus: () => 401 }, 'unauthenticated'],
  [{ statusCode: 418 }, 'internal'],
])('what the framework throws becomes one of ours: %p', (thrown, code) => {
  expect(errorReply(Object.assign(new Error('internal words'), thrown)).body.error.code).toBe(code);
});

test('docs/errors.md is the catalogue', () => {
  expect(readFileSync('docs/errors.md', 'utf8')).toBe(renderErrorsDocument());
});
