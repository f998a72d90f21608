/**
 * Proves: forwarded headers count only from trusted proxies, the cookie is as strict as the connection allows, and an
 * origin is ours only when it is this host's or the public one.
 */
import { sessionIdFrom } from '../../../src/access/cookie.js';
import { networkOf } from '../../../src/access/login-throttle.js';
import {
  addressMatcher,
  clientAddress,
  isOwnOrigin,
  type RequestFacts,
  wantsSecureCookie,
} from '../../../src/access/request-facts.js';

const isProxy = addressMatcher(['10.0.0.0/8', '192.168.1.5', 'fd00::/8']);
const nothing = { publicUrl: null, trustedProxies: [] };
const https = { publicUrl: 'https://calls.example.com/sub', trustedProxies: [] };

function request(headers: RequestFacts['headers'], remoteAddress = '203.0.113.1', encrypted = false): RequestFacts {
  return { headers, remoteAddress, encrypted };
}

describe('the address of a client', () => {
  const address = (forwarded: string | undefined, remote: string) =>
    clientAddress(request({ 'x-forwarded-for': forwarded }, remote), isProxy);

  it.each([
    ['direct', undefined, '203.0.113.1', '203.0.113.1'],
    ['a header from a stranger is ignored', '1.1.1.1', '203.0.113.1', '203.0.113.1'],
    ['behind one proxy', '1.1.1.1', '10.1.2.3', '1.1.1.1'],
    ['what the client invented is further left', '9.9.9.9, 1.1.1.1', '10.1.2.3', '1.1.1.1'],
    ['behind two proxies', '9.9.9.9, 1.1.1.1, 192.168.1.5', '10.1.2.3', '1.1.1.1'],
    ['on an IPv6 socket', '1.1.1.1', '::ffff:10.1.2.3', '1.1.1.1'],
    ['an IPv6 proxy', '2001:db8::1', 'fd00::1', '2001:db8::1'],
    ['garbage stops the walk', '1.1.1.1, <script>', '10.1.2.3', '10.1.2.3'],
    ['nothing forwarded', undefined, '10.1.2.3', '10.1.2.3'],
  ])('%s', (_, forwarded, remote, expected) => {
    expect(address(forwarded, remote)).toBe(expected);
  });

  it('an IPv6 subscriber counts as one network', () => {
    expect(networkOf('2001:db8:0:1::5')).toBe('2001:db8:0:1::/64');
    expect(networkOf('2001:0db8:0000:0001:ffff::1')).toBe('2001:db8:0:1::/64');
    expect(networkOf('::1')).toBe('0:0:0:0::/64');
    expect(networkOf('1.2.3.4')).toBe('1.2.3.4');
  });
});

describe('whether the cookie is secure', () => {
  it.each([
    ['plain http on the own machine', {}, '127.0.0.1', false, nothing, false],
    ['TLS on the connection', {}, '127.0.0.1', true, nothing, true],
    ['a trusted proxy says https', { 'x-forwarded-proto': 'https' }, '10.0.0.1', false, nothing, true],
    ['a stranger says https', { 'x-forwarded-proto': 'https' }, '203.0.113.1', false, nothing, false],
    ['the public address is https', { host: 'calls.example.com' }, '203.0.113.1', false, https, true],
    ['the browser sees https', { host: 'x', origin: 'https://x' }, '203.0.113.1', false, nothing, true],
    [
      'the browser sees http inside the house',
      { host: '192.168.1.9:3000', origin: 'http://192.168.1.9:3000' },
      '192.168.1.20',
      false,
      https,
      false,
    ],
    [
      'the browser claims http on the public host',
      { host: 'calls.example.com', origin: 'http://calls.example.com' },
      '203.0.113.1',
      false,
      https,
      true,
    ],
  ])('%s', (_, headers, remote, encrypted, around, expected) => {
    expect(wantsSecureCookie(request(headers, remote, encrypted), around, isProxy)).toBe(expected);
  });
});

describe('whether an origin is ours', () => {
  const own = (
    headers: RequestFacts['headers'],
    around = nothing as typeof https | typeof nothing,
    encrypted = false,
  ) => isOwnOrigin(request(headers, '203.0.113.1', encrypted), around, isProxy);

  it('none at all is no browser of another page', () => expect(own({ host: 'a' })).toBe(true));
  it('the host asked for', () => expect(own({ host: 'a:3000', origin: 'http://a:3000' })).toBe(true));
  it('the host on its default port', () => expect(own({ host: 'a:80', origin: 'http://a' })).toBe(true));
  it('the public one', () => expect(own({ host: 'inner', origin: 'https://calls.example.com' }, https)).toBe(true));
  it('https in front of an http connection', () => expect(own({ host: 'a', origin: 'https://a' })).toBe(true));
  it('not http where https is certain', () =>
    expect(own({ host: 'a', origin: 'http://a' }, nothing, true)).toBe(false));
  it.each(['https://evil.test', 'null', 'http://a.evil.test', 'http://a:81', 'http://b', '', 'file://'])(
    'not %p',
    (origin) => expect(own({ host: 'a', origin })).toBe(false),
  );
  it('not any without a host', () => expect(own({ origin: 'http://' })).toBe(false));
});

describe('the session id of a Cookie header', () => {
  const id = 'A'.repeat(43);
  const other = 'B'.repeat(43);

  it('prefers the cookie only https can set', () => {
    expect(sessionIdFrom(`tallyboard=${id}; __Host-tallyboard=${other}`, false)).toBe(other);
  });
  it('takes the plain one over plain http only', () => {
    expect(sessionIdFrom(`a=b; tallyboard=${id}`, false)).toBe(id);
    expect(sessionIdFrom(`tallyboard=${id}`, true)).toBeNull();
  });
  it.each([undefined, '', 'tallyboard', 'tallyboard=', 'tallyboard=short', `tallyboard=${'A'.repeat(42)}'`, `x${id}`])(
    'finds none in %p',
    (header) => expect(sessionIdFrom(header, false)).toBeNull(),
  );
});
