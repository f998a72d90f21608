/**
 * Proves: only what passes by itself is tried again for ever; everything else, above all a mistake of ours whatever its
 * words, is isolated and parked, so that it cannot hold up the fold.
 */
import { isPassingFault } from '../../../src/ingest/log/database-fault.js';

const withCode = (code: string): Error => Object.assign(new Error('from the driver'), { code });

test.each([
  '08006',
  '40001',
  '40P01',
  '53300',
  '55P03',
  '57014',
  '57P01',
  '57P03',
  '58030',
  '25006',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
])('code %s passes', (code) => expect(isPassingFault(withCode(code))).toBe(true));

test.each(['22P02', '22007', '23505', '42P01', '54000', 'XX000', 'ERR_INVALID_ARG_TYPE'])('code %s does not', (code) =>
  expect(isPassingFault(withCode(code))).toBe(false),
);

test.each([
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'timeout expired',
  'timeout exceeded when trying to connect',
  'Query read timeout',
  'Client has encountered a connection error and is not queryable',
  'Client was closed and is not queryable',
])('the driver says without a code: %s', (message) => expect(isPassingFault(new Error(message))).toBe(true));

test.each([
  new TypeError("Cannot read properties of undefined (reading 'endedAt')"),
  new RangeError('The closed interval is out of range'),
  new Error('Campaign 5 has no version'),
  new Error('a call that has ended cannot be connected'),
  'Connection terminated',
  null,
])('no fault of the database: %s', (error) => expect(isPassingFault(error)).toBe(false));
