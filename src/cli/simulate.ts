import { type Command, InvalidArgumentError, Option } from 'commander';
import { monotonicMs, systemClock } from '../platform/index.js';
import {
  callsAtRate,
  disturbed,
  type FloorItem,
  floorItems,
  floorOf,
  type PosterStats,
  postStream,
  SHIFT_SECONDS,
  type Shift,
  SignedPoster,
  type SimulatedPost,
  webhookStream,
  whenDue,
} from '../simulator/index.js';

export interface SimulateDeps {
  /** Token to sign with when `--token` is not given (the instance's own first token). */
  defaultToken?: () => string | null | undefined;
  /** Key to enter outcomes with when `--api-key` is not given. */
  defaultApiKey?: () => string | null | undefined;
  /** Where the summary goes; standard output unless told. */
  print?: (line: string) => void;
}

interface SimulateOptions {
  url: string;
  publicUrl?: string;
  agents: number;
  rate?: number;
  seed: string;
  speed: number;
  duration?: number;
  events?: number;
  token?: string;
  apiKey?: string;
  duplicates: number;
  late: number;
  concurrency: number;
  persist: boolean;
  json: boolean;
}

/** Average callbacks of a call with all four events of both legs; turns a rate of callbacks into one of calls. */
const CALLBACKS_PER_CALL = 7.5;
/** Where in its shift a floor is met: past the start, before lunch. */
const SHIFT_SHARE_DONE = 0.2;
const RATE_LEAD_SECONDS = 900;

export function registerSimulate(program: Command, deps: SimulateDeps = {}): void {
  program
    .command('simulate')
    .description('Post the signed webhooks of a simulated telesales floor to a running instance.')
    .requiredOption('--url <url>', 'address of the instance, e.g. http://127.0.0.1:3000')
    .option('--public-url <url>', 'address to sign for, when it differs (the PUBLIC_URL of the instance)')
    .option('--agents <n>', 'agents on the floor', whole(1, 10_000), 40)
    .addOption(
      new Option('--rate <n>', 'webhooks per second, exactly; without it, what the agents would cause')
        .argParser(positive)
        .conflicts('speed'),
    )
    .option('--seed <text>', 'same seed, same floor and same behaviour', '1')
    .option('--speed <n>', 'simulated seconds per second; above 1 the time up to now is simulated', positive, 1)
    .option(
      '--duration <s>',
      'stop after so many (real) seconds; else Ctrl-C, or a shift of 9 h when --speed is above 1',
      positive,
    )
    .option('--events <n>', 'stop after so many webhooks', whole(1, 100_000_000))
    .option('--token <token>', 'Twilio auth token to sign with (default: TWILIO_AUTH_TOKEN)')
    .option('--api-key <key>', 'key to enter outcomes and sales with (default: API_KEY); without one there are none')
    .option('--duplicates <share>', 'share of webhooks posted twice', share, 0.03)
    .option('--late <share>', 'share of webhooks posted up to 30 s late', share, 0.02)
    .option('--concurrency <n>', 'webhooks under way at a time', whole(1, 1_000), 32)
    .option('--persist', 'retry each webhook until it is acknowledged', false)
    .option('--json', 'print the summary as JSON', false)
    .action((options: SimulateOptions) => simulate(options, deps));
}

async function simulate(options: SimulateOptions, deps: SimulateDeps): Promise<void> {
  const print = deps.print ?? ((line: string) => console.log(line));
  const token = tokenOf(options.token, deps.defaultToken);
  const stop = stopSignal(options.duration);
  const { url, publicUrl, concurrency, persist } = options;
  const apiKey = options.apiKey ?? deps.defaultApiKey?.() ?? undefined;
  const poster = new SignedPoster({ url, publicUrl, token, apiKey, concurrency, persist });
  const begun = monotonicMs();
  let posted = 0;
  try {
    for await (const webhook of floor(options, apiKey !== undefined, stop.signal)) {
      await poster.post(webhook);
      if (++posted === options.events) break;
    }
    await poster.drain();
  } finally {
    stop.release();
    poster.close();
  }
  summarise(poster.stats, (monotonicMs() - begun) / 1000, options.json, print);
}

type Posts = AsyncGenerator<SimulatedPost, void, undefined>;

/** What the floor causes, when it is due. */
function floor(options: SimulateOptions, outcomes: boolean, signal: AbortSignal): Posts {
  const now = systemClock.now();
  if (options.rate !== undefined) return floorAtRate(options, options.rate, now, signal);
  const fast = options.speed > 1;
  const realSeconds = options.duration ?? SHIFT_SECONDS / options.speed;
  // Faster than real time means the past: times ahead of the clock would be refused.
  const origin = fast ? now - realSeconds * options.speed * 1000 : now;
  const items = floorItems(shiftFrom(options, origin / 1000 - (fast ? 0 : SHIFT_SHARE_DONE * SHIFT_SECONDS)));
  // Only whole calls: one that began before anybody listened could only be told in part.
  const stream = postStream(startingIn(items, origin / 1000), options.seed, { detail: 'full', outcomes });
  const posts = disturbed(upTo(stream, fast ? now : Number.POSITIVE_INFINITY), options.seed, options);
  return whenDue(posts, { clock: systemClock, signal, speed: options.speed, origin });
}

/**
 * A steady load: callback n is posted n ÷ rate seconds after the start. Their own times begin a quarter of an hour ago,
 * because at first there are more beginnings than ends of calls and simulated time runs ahead of the clock.
 */
function floorAtRate(options: SimulateOptions, rate: number, now: number, signal: AbortSignal): Posts {
  const calls = callsAtRate(shiftFrom(options, now / 1000 - RATE_LEAD_SECONDS), rate / CALLBACKS_PER_CALL);
  const webhooks = disturbed(webhookStream(calls, options.seed, 'full'), options.seed, options);
  return whenDue(inSteps(webhooks, now, 1000 / rate), { clock: systemClock, signal, speed: 1, origin: now });
}

function shiftFrom(options: SimulateOptions, startsAt: number): Shift {
  return {
    seed: options.seed,
    label: `simulate|${startsAt}`,
    agents: floorOf(options.seed, options.agents),
    startsAt: Math.floor(startsAt),
    lengthSeconds: SHIFT_SECONDS,
    rolling: true,
    attendance: 1,
  };
}

function* inSteps<T extends { dueAt: number }>(stream: Iterable<T>, from: number, stepMs: number): Generator<T> {
  let count = 0;
  for (const webhook of stream) yield { ...webhook, dueAt: from + stepMs * count++ };
}

function* startingIn(items: Iterable<FloorItem>, from: number): Generator<FloorItem> {
  for (const item of items) if (item.at >= from) yield item;
}

function* upTo<T extends { dueAt: number }>(stream: Iterable<T>, end: number): Generator<T> {
  for (const webhook of stream) {
    if (webhook.dueAt > end) return;
    yield webhook;
  }
}

/** Prints what happened; the exit code is 1 when a webhook was given up. */
export function summarise(stats: PosterStats, seconds: number, json: boolean, print: (line: string) => void): void {
  if (json) print(JSON.stringify({ ...stats, seconds: Math.round(seconds * 1000) / 1000 }));
  else {
    const rate = (stats.acked / Math.max(seconds, 0.001)).toFixed(1);
    print(
      `${stats.acked} of ${stats.accepted} webhooks acknowledged in ${seconds.toFixed(1)} s (${rate}/s), ${stats.retries} retries, ${stats.failed} given up.`,
    );
    if (stats.failed > 0) print(`Answers by status (0 = no answer): ${JSON.stringify(stats.statuses)}`);
    if (stats.statuses['403'])
      print('403 means the signature was refused: check --token, and --public-url against PUBLIC_URL.');
  }
  if (stats.failed > 0) process.exitCode = 1;
}

export function tokenOf(given: string | undefined, byDefault: SimulateDeps['defaultToken']): string {
  const token = given ?? byDefault?.();
  if (!token)
    throw new Error('No token to sign with. Give --token, or set TWILIO_AUTH_TOKEN to the token of the instance.');
  return token;
}

/** Aborted by Ctrl-C or after `seconds`, whichever comes first. */
function stopSignal(seconds: number | undefined): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  process.once('SIGINT', abort);
  process.once('SIGTERM', abort);
  const timer = seconds === undefined ? undefined : setTimeout(abort, seconds * 1000);
  const release = (): void => {
    clearTimeout(timer);
    process.removeListener('SIGINT', abort);
    process.removeListener('SIGTERM', abort);
  };
  return { signal: controller.signal, release };
}

export function whole(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= low && value <= high) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${low} to ${high}.`);
  };
}

export function share(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('Expected a share from 0 to 1, such as 0.03.');
}

function positive(text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('Expected a number above 0.');
}
