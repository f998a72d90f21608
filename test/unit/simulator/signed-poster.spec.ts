// Proves: over real sockets, what the poster sends is signed so that our own check accepts it, is never more than the
// given number at a time, and is retried (with the same token) until the server is back when asked to persist.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { driveLiveFloor, SignedPoster } from '../../../src/simulator/index.js';
import { parseForm, verifyTwilioSignature } from '../../../src/telephony/index.js';

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

interface Seen {
  request: IncomingMessage;
  body: Buffer;
}

async function serve(answer: (seen: Seen) => number | Promise<number>, port = 0): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      response.statusCode = await answer({ request, body: Buffer.concat(chunks) });
      response.end();
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const callback = (n: number) => ({
  rawTarget: "/webhooks/twilio/voice?agent=a%20b&x=It's",
  form: [
    ['CallSid', `CA${n}`],
    ['To', '+8615400000000'],
    ['Name', '张 & Söhne'],
    ['Twice', 'b'],
    ['Twice', 'a'],
  ] as [string, string][],
});

describe('SignedPoster', () => {
  it('signs for the public address and keeps to its concurrency', async () => {
    let verified = 0;
    let now = 0;
    let most = 0;
    const release: (() => void)[] = [];
    const url = await serve(async ({ request, body }) => {
      most = Math.max(most, ++now);
      const parsed = parseForm(body, request.headers['content-type']);
      const params = parsed.ok ? parsed.params : [];
      const signature = String(request.headers['x-twilio-signature']);
      if (verifyTwilioSignature({ url: `https://public.example${request.url}`, params, signature, tokens: ['t'] }))
        verified++;
      // Held until four are under way, so that the bound is really reached.
      await new Promise<void>((resolve) => {
        release.push(resolve);
        if (release.length >= 4) for (const one of release.splice(0)) one();
      });
      now--;
      return 204;
    });
    const poster = new SignedPoster({
      url,
      publicUrl: 'https://public.example/',
      token: 't',
      concurrency: 4,
      persist: false,
    });
    for (let n = 0; n < 40; n++) await poster.post(callback(n));
    await poster.drain();
    poster.close();
    expect(poster.stats).toMatchObject({ accepted: 40, acked: 40, failed: 0, retries: 0, statuses: { 204: 40 } });
    expect(verified).toBe(40);
    expect(most).toBe(4);
  });

  it('retries what a server does not answer until it is back, with the same idempotency token', async () => {
    const tokens: string[] = [];
    let answers = 0;
    const url = await serve(({ request }) => {
      tokens.push(String(request.headers['i-twilio-idempotency-token']));
      if (++answers > 3) return 200;
      if (answers > 1) return 503;
      request.socket.destroy();
      return 500;
    });
    const poster = new SignedPoster({ url, token: 't', concurrency: 1, persist: true });
    await poster.post(callback(1));
    await poster.drain();
    poster.close();
    expect(poster.stats).toMatchObject({ acked: 1, failed: 0, retries: 3, statuses: { 0: 1, 503: 2, 200: 1 } });
    expect(new Set(tokens).size).toBe(1);
  });

  it('gives up on a refusal at once, and on silence after five retries', async () => {
    const url = await serve(() => 403);
    const refused = new SignedPoster({ url, token: 't', concurrency: 1, persist: true });
    await refused.post(callback(1));
    await refused.drain();
    refused.close();
    expect(refused.stats).toMatchObject({ acked: 0, failed: 1, retries: 0, statuses: { 403: 1 } });
    const failing = await serve(() => 500);
    const silent = new SignedPoster({ url: failing, token: 't', concurrency: 1, persist: false });
    await silent.post(callback(2));
    await silent.drain();
    silent.close();
    expect(silent.stats).toMatchObject({ acked: 0, failed: 1, retries: 5, statuses: { 500: 6 } });
  });
});

describe('driveLiveFloor', () => {
  it('posts the floor until told to stop, then finishes what is under way', async () => {
    const stop = new AbortController();
    let received = 0;
    const url = await serve(() => {
      if (++received === 200) stop.abort();
      return 200;
    });
    const anchor = Date.parse('2026-11-22T06:30:00Z');
    // A week passes between the first reading and the second: everything is due at once.
    let readings = 0;
    const clock = { now: () => (readings++ === 0 ? anchor : anchor + 7 * 86_400_000) };
    const stats = await driveLiveFloor({
      demo: { seed: 1, agents: 10, timeZone: 'Asia/Shanghai', anchor },
      from: anchor,
      clock,
      poster: { url, token: 't', concurrency: 8, persist: true },
      signal: stop.signal,
    });
    expect(stats.acked).toBe(stats.accepted);
    expect(stats.acked).toBe(received);
    expect(received).toBeGreaterThanOrEqual(200);
    expect(received).toBeLessThan(230);
  });
});
