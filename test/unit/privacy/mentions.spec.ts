/** Proves: a number is found in a received request however it is written and wherever it stands, also in what is no form. */
import { numbersMentioned } from '../../../src/ingest/index.js';

const NUMBER = '+8613800001111';
const requestOf = (body: string, target = '/webhooks/twilio/voice') => ({ target, body: Buffer.from(body) });
const mentioned = (body: string, target?: string): boolean =>
  numbersMentioned(requestOf(body, target), 'CN').has(NUMBER);

test.each([
  'From=%2B8613800001111',
  'From=+8613800001111',
  'From=13800001111&To=x',
  'X=138%200000%201111',
  'X=138-0000-1111',
  'X=%EF%BC%91%EF%BC%93%EF%BC%98%EF%BC%90%EF%BC%90%EF%BC%90%EF%BC%90%EF%BC%91%EF%BC%91%EF%BC%91%EF%BC%91',
  'X=0086+138+0000+1111',
  'From=sip%3A%2B8613800001111%40example.com%3Buser%3Dphone',
  'Note=call+back+on+13800001111+please',
  '{"from":"+86 138 0000 1111"}',
  '%2B8613800001111=name',
])('in %p', (body) => {
  expect(mentioned(body)).toBe(true);
});

test('in the address', () => {
  expect(mentioned('', '/webhooks/twilio/voice?lead=%2B8613800001111')).toBe(true);
});

test.each(['', 'From=%2B8613800001112', 'X=138000011', 'CallSid=CA0000', 'X=9913800001111999'])('not in %p', (body) => {
  expect(mentioned(body)).toBe(false);
});
