// Proves: the commands `simulate` and `replay`, with real sockets: what they post verifies and translates, the rate and
// the shares asked for are kept, a wrong option or token is said, and the summary counts what happened.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { registerReplay } from '../../../src/cli/replay.js';
import { registerSimulate } from '../../../src/cli/simulate.js';
import { parseForm, parsePairs, translators, verifyTwilioSignature } from '../../../src/telephony/index.js';

interface Received {
  bodies: string[];
  /** Why a request was not taken; empty when all were. */
  refused: string[];
  types: Set<string>;
  url: string;
}

let server: Server | undefined;
const folder = mkdtempSync(join(tmpdir(), 'replay-'));
afterEach(async () => {
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
  server = undefined;
  process.exitCode = undefined;
});
afterAll(() => rmSync(folder, { recursive: true }));

/** As the last part of the address says. */
function kindOf(target: string): string {
  return new URL(target, 'http://localhost').pathname.split('/').at(-1) ?? '';
}

async function receiver(): Promise<Received> {
  const received: Received = { bodies: [], refused: [], types: new Set(), url: '' };
  const check = (target: string, contentType: string | undefined, signature: string, body: Buffer): string | null => {
    const form = parseForm(body, contentType);
    const query = parsePairs(target.split('?')[1] ?? '');
    if (!form.ok || !query.ok) return 'malformed';
    const url = received.url + target;
    if (!verifyTwilioSignature({ url, params: form.params, signature, tokens: ['secret'] })) return 'signature';
    const raw = { provider: 'twilio', kind: kindOf(target), target, body, receivedAt: Date.now() };
    const translation = translators.translate(raw, 'CN');
    if (!translation.ok) return translation.reason;
    received.types.add(translation.event.type);
    return null;
  };
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const { 'content-type': type, 'x-twilio-signature': signature } = request.headers;
      const problem = check(request.url ?? '', type, String(signature), body);
      if (problem === null) received.bodies.push(body.toString());
      else received.refused.push(problem);
      response.statusCode = problem === null ? 204 : 403;
      response.end();
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  received.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return received;
}

async function run(...args: string[]): Promise<string[]> {
  const printed: string[] = [];
  const program = new Command().exitOverride().configureOutput({ writeErr: (text) => printed.push(text) });
  const deps = { defaultToken: () => 'secret', print: (line: string) => printed.push(line) };
  registerSimulate(program, deps);
  registerReplay(program, deps);
  for (const command of program.commands)
    command.exitOverride().configureOutput({ writeErr: (text) => printed.push(text) });
  await program.parseAsync(args, { from: 'user' });
  return printed;
}

describe('simulate', () => {
  it('posts at the rate asked for, all of it signed and usable, and counts', async () => {
    const received = await receiver();
    const [summary = ''] = await run('simulate', '--url', received.url, '--rate', '120', '--events', '600', '--json');
    expect(received.refused).toEqual([]);
    // 600 at 120 a second: the last is due 4.99 s after the first.
    expect(JSON.parse(summary).seconds).toBeGreaterThan(4.9);
    expect(JSON.parse(summary)).toMatchObject({ accepted: 600, acked: 600, failed: 0, statuses: { 204: 600 } });
    for (const type of ['leg.initiated', 'leg.ringing', 'leg.answered', 'leg.ended'])
      expect(received.types).toContain(type);
    expect(new Set(received.bodies).size).toBeLessThan(600);
    expect(process.exitCode).toBeUndefined();
  });

  it('runs the floor faster than real time up to now, and stops', async () => {
    const received = await receiver();
    const [line = ''] = await run(
      'simulate',
      '--url',
      received.url,
      '--agents',
      '5',
      '--duration',
      '2',
      '--speed',
      '900',
      '--duplicates',
      '0',
    );
    expect(line).toMatch(/^\d+ of \d+ webhooks acknowledged in \d\.\d s/);
    expect(received.refused).toEqual([]);
    expect(received.bodies.length).toBeGreaterThan(30);
    expect(new Set(received.bodies).size).toBe(received.bodies.length);
  });

  it('says that the token is wrong, and fails', async () => {
    const received = await receiver();
    const lines = await run('simulate', '--url', received.url, '--rate', '500', '--events', '20', '--token', 'other');
    expect(new Set(received.refused)).toEqual(new Set(['signature']));
    expect(lines.join('\n')).toContain('403 means the signature was refused');
    expect(process.exitCode).toBe(1);
  });

  it.each([
    ['--agents', '0'],
    ['--rate', '-1'],
    ['--duplicates', '2'],
    ['--speed', 'fast'],
  ])('refuses %s %s', async (option, value) => {
    await expect(run('simulate', '--url', 'http://127.0.0.1:1', option, value)).rejects.toThrow(/Expected/);
  });
});

it('a rate and a speed exclude each other', async () => {
  const both = run('simulate', '--url', 'http://127.0.0.1:1', '--rate', '5', '--speed', '2');
  await expect(both).rejects.toThrow('cannot be used with');
});

describe('replay', () => {
  const mapping = fileURLToPath(new URL('../../golden/car-insurance.mapping.json', import.meta.url));
  const file = join(folder, 'calls.csv');
  writeFileSync(
    file,
    'Id,LastContactDay,LastContactMonth,CallStart,CallEnd\n1,28,jan,13:45:20,13:46:30\n2,26,may,14:49:03,14:52:08\n',
  );

  it('posts every callback of both legs, shuffled and repeated as asked', async () => {
    const received = await receiver();
    const [summary = ''] = await run(
      'replay',
      file,
      '--mapping',
      mapping,
      '--url',
      received.url,
      '--shuffle',
      '--duplicates',
      '1',
      '--json',
    );
    expect(JSON.parse(summary)).toMatchObject({ accepted: 32, acked: 32, failed: 0 });
    expect(received.refused).toEqual([]);
    expect(new Set(received.bodies).size).toBe(16);
    const again = await run('replay', file, '--mapping', mapping, '--url', received.url, '--events', 'completed');
    expect(again[0]).toBe('Car insurance cold calls: 2 calls.');
    expect(again[1]).toMatch(/^4 of 4 webhooks acknowledged/);
  });

  it('posts nothing when the file or an option cannot be read', async () => {
    const received = await receiver();
    const broken = join(folder, 'broken.csv');
    writeFileSync(broken, 'Id,LastContactDay\n1,2\n');
    await expect(run('replay', broken, '--mapping', mapping, '--url', received.url)).rejects.toThrow(
      'Line 2: there is no column',
    );
    await expect(run('replay', file, '--mapping', mapping, '--url', received.url, '--events', 'ended')).rejects.toThrow(
      /Expected some of/,
    );
    expect(received.bodies).toHaveLength(0);
  });
});
