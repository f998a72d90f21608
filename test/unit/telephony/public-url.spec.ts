// Proves: the URL used for checking a signature is the one the provider requested, behind proxies too, and nobody but a
// configured proxy can say what it was.
import { publicUrlOf, type RequestOrigin, trustedProxies } from '../../../src/telephony/index.js';

const TARGET = "/webhooks/twilio/voice?agent=a%20b&x=It's";
const none = trustedProxies([]);
const proxies = trustedProxies(['127.0.0.1', '10.0.0.0/8', 'fd00::/8']);

function request(over: Partial<RequestOrigin> = {}): RequestOrigin {
  return { rawTarget: TARGET, peer: '203.0.113.9', encrypted: false, headers: { host: 'calls.example.com' }, ...over };
}

describe('publicUrlOf', () => {
  it('is the configured address and the raw target, whatever the headers say', () => {
    const evil = request({ headers: { host: 'evil', 'x-forwarded-host': 'evil' }, peer: '127.0.0.1' });
    expect(publicUrlOf(evil, 'https://tally.example.com', proxies)).toBe(`https://tally.example.com${TARGET}`);
    expect(publicUrlOf(evil, 'https://tally.example.com/', proxies)).toBe(`https://tally.example.com${TARGET}`);
  });

  it('restores a path prefix that a proxy strips', () => {
    expect(publicUrlOf(request(), 'https://example.com/hooks', none)).toBe(`https://example.com/hooks${TARGET}`);
  });

  it('is the connection itself when nothing is configured', () => {
    expect(publicUrlOf(request(), null, none)).toBe(`http://calls.example.com${TARGET}`);
    expect(publicUrlOf(request({ encrypted: true }), null, none)).toBe(`https://calls.example.com${TARGET}`);
    expect(publicUrlOf(request({ headers: { host: '[::1]:3000' } }), null, none)).toBe(`http://[::1]:3000${TARGET}`);
    expect(publicUrlOf(request({ rawTarget: `http://proxy.example${TARGET}` }), null, none)).toBe(
      `http://calls.example.com${TARGET}`,
    );
  });

  const forwarded = {
    host: 'backend:3000',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'calls.example.com',
    'x-forwarded-for': '198.51.100.7',
  };

  it('believes forwarded headers from a configured proxy only', () => {
    const expected = `https://calls.example.com${TARGET}`;
    for (const peer of ['127.0.0.1', '::ffff:10.1.2.3', 'fd00::1', 'fd00::1%eth0']) {
      expect(publicUrlOf(request({ headers: forwarded, peer }), null, proxies)).toBe(expected);
    }
    for (const peer of ['203.0.113.9', '11.0.0.1', 'fe80::1%eth0', '']) {
      expect(publicUrlOf(request({ headers: forwarded, peer }), null, proxies)).toBe(`http://backend:3000${TARGET}`);
    }
  });

  it('takes what the farthest trusted hop saw, not what a client wrote in front', () => {
    const headers = {
      host: 'backend:3000',
      'x-forwarded-for': '1.2.3.4, 198.51.100.7, 10.0.0.2',
      'x-forwarded-proto': 'http, https, http',
      'x-forwarded-host': 'spoofed.example, calls.example.com, edge.internal',
    };
    expect(publicUrlOf(request({ headers, peer: '10.0.0.3' }), null, proxies)).toBe(
      `https://calls.example.com${TARGET}`,
    );
  });

  it('reads the standard Forwarded header', () => {
    const headers = {
      host: 'backend',
      forwarded:
        'for=1.2.3.4;host=spoofed, for=198.51.100.7;proto=https;host="calls.example.com:8443", for="[fd00::2]:99"',
    };
    expect(publicUrlOf(request({ headers, peer: '127.0.0.1' }), null, proxies)).toBe(
      `https://calls.example.com:8443${TARGET}`,
    );
  });

  it('has no answer for a request without a usable host, scheme or target', () => {
    expect(publicUrlOf(request({ headers: {} }), null, none)).toBeNull();
    expect(publicUrlOf(request({ headers: { host: 'a/b@c' } }), null, none)).toBeNull();
    expect(publicUrlOf(request({ rawTarget: '*' }), null, none)).toBeNull();
    const headers = { ...forwarded, 'x-forwarded-proto': 'javascript' };
    expect(publicUrlOf(request({ headers, peer: '127.0.0.1' }), null, proxies)).toBeNull();
  });

  it('refuses a proxy list that is no list of addresses, naming the entry', () => {
    expect(() => trustedProxies(['nginx'])).toThrow('"nginx" is neither');
    expect(() => trustedProxies(['10.0.0.0/33'])).toThrow('"10.0.0.0/33"');
    expect(() => trustedProxies(['10.0.0.0/8/8'])).toThrow();
  });
});
