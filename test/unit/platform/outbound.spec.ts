/**
 * Proves that a request to an address somebody typed reaches the internet and nothing else: inner addresses in every
 * notation, names that mean another address the second time, redirects; that answers are short and soon.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isPublicAddress, Outbound, type ResolvedAddress } from '../../../src/platform/outbound/index.js';

describe('addresses', () => {
  test.each([
    '127.0.0.1',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '100.127.255.255',
    '192.0.0.170',
    '192.0.2.1',
    '198.18.0.1',
    '198.51.100.7',
    '203.0.113.7',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:8.8.8.8',
    '::127.0.0.1',
    'fe80::1',
    'fc00::1',
    'fd12::1',
    'ff02::1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '2001:db8::1',
    '2001::1',
    '2002:7f00:1::',
    '2001:10::1',
    '3fff::1',
    '100::1',
    'fec0::1',
    'fe80::1%eth0',
    'example.com',
    '',
  ])('%s is refused', (address) => expect(isPublicAddress(address)).toBe(false));
  test.each(['8.8.8.8', '100.63.255.255', '100.128.0.0', '172.32.0.1', '2606:4700::1111', '2a00:1450::5'])(
    '%s is not',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );
});

let server: Server;
let port: number;
let asked: { path: string; host: string }[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push({ path: request.url ?? '', host: request.headers.host ?? '' });
    if (request.url === '/redirect') response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end();
    else if (request.url === '/large') response.end('x'.repeat(100_000));
    else if (request.url !== '/never') response.writeHead(request.url === '/no' ? 500 : 200).end('said');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const HERE: ResolvedAddress = { address: '127.0.0.1', family: 4 };
const PUBLIC: ResolvedAddress = { address: '93.184.215.14', family: 4 };
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'none';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'other';
  }
};

/** Answers in turn; the last one for ever. */
function resolving(...answers: ResolvedAddress[][]) {
  const names: string[] = [];
  const resolve = async (name: string) => {
    names.push(name);
    return (answers.length > 1 ? answers.shift() : answers[0]) ?? [];
  };
  return { resolve, names };
}

describe('what is refused before anything is sent', () => {
  const outbound = new Outbound({ allow: [] });
  const refusal = (address: string): string => {
    try {
      outbound.accept(address);
      return 'none';
    } catch (error) {
      return error instanceof Error && 'code' in error ? String(error.code) : 'other';
    }
  };
  test.each([
    'http://example.com/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'https://user:pass@example.com/',
    'example.com',
    '',
    'javascript:alert(1)',
    `https://example.com/${'x'.repeat(2_000)}`,
  ])('%s is no address to send to', (address) => expect(refusal(address)).toBe('outbound_address_invalid'));
  test.each([
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:a9fe:a9fe]/',
    'https://169.254.169.254/latest/meta-data',
    'https://①②⑦.⓪.⓪.①/',
    'https://[fe80::1]/',
  ])('%s is inside', (address) => expect(refusal(address)).toBe('outbound_address_refused'));
  test('https://example.com/hook is fine', () => expect(refusal('https://example.com/hook')).toBe('none'));
});

test('a name with an inner address among its addresses is not sent to; nor one that has none', async () => {
  const post = (found: ResolvedAddress[]) =>
    codeOf(new Outbound({ allow: [], resolve: resolving(found).resolve }).post('https://hooks.example/x', '{}', {}));
  expect(await post([HERE])).toBe('outbound_address_refused');
  expect(await post([PUBLIC, HERE])).toBe('outbound_address_refused');
  expect(await post([{ address: '::ffff:127.0.0.1', family: 6 }])).toBe('outbound_address_refused');
  expect(await post([])).toBe('outbound_unreachable');
});

test('a name is looked up once: what it means the second time is never used', async () => {
  asked = [];
  const { resolve, names } = resolving([PUBLIC], [HERE]);
  const outbound = new Outbound({ allow: [], resolve, timeoutMs: 300 });
  // The checked address answers nothing here; what counts is that this server is not asked instead.
  expect(await codeOf(outbound.post(`https://hooks.example:${port}/rebound`, '{}', {}))).toMatch(
    /outbound_(timeout|unreachable)/,
  );
  expect(names).toEqual(['hooks.example']);
  expect(asked).toEqual([]);
});

describe('a host the settings name', () => {
  const outbound = () => new Outbound({ allow: ['hooks.intranet'], resolve: resolving([HERE]).resolve });
  // Long, because a machine that is busy with other proofs answers late as well.
  const post = (path: string, withinMs = 60_000) =>
    outbound().post(`http://hooks.intranet:${port}${path}`, '{}', {}, withinMs);
  test('is reached at the address it has, under its own name', async () => {
    asked = [];
    expect(await post('/ok')).toMatchObject({ status: 200, body: 'said' });
    expect(await post('/no')).toMatchObject({ status: 500 });
    expect(asked[0]).toEqual({ path: '/ok', host: `hooks.intranet:${port}` });
  });
  test('redirects are not followed, answers neither long nor late', async () => {
    expect(await codeOf(post('/redirect'))).toBe('outbound_redirected');
    expect(await codeOf(post('/large'))).toBe('outbound_reply_too_large');
    expect(await codeOf(post('/never', 300))).toBe('outbound_timeout');
  });
  test('with another port than the one named it is not', async () => {
    const other = new Outbound({ allow: [`hooks.intranet:${port + 1}`] });
    expect(await codeOf(other.post(`http://hooks.intranet:${port}/ok`, '{}', {}))).toBe('outbound_address_invalid');
  });
});
