import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { monotonicMs } from '../platform/index.js';
import {
  LEG_EVENTS,
  type Leg,
  type LegEvent,
  type LegProgress,
  type Postable,
  progressForm,
  progressOf,
  type Random,
  SignedPoster,
  seeded,
} from '../simulator/index.js';
import { callsOf } from './replay-calls.js';
import { parseMapping } from './replay-mapping.js';
import { outcomesOf, type RowOutcomes } from './replay-outcomes.js';
import { parseTable } from './replay-table.js';
import { type SimulateDeps, share, summarise, tokenOf, whole } from './simulate.js';

interface ReplayOptions {
  mapping: string;
  url: string;
  publicUrl?: string;
  token?: string;
  events: LegEvent[];
  shuffle: boolean;
  seed: string;
  duplicates: number;
  apiKey?: string;
  corrections: number;
  concurrency: number;
  persist: boolean;
  json: boolean;
}

const TARGET = '/webhooks/twilio/voice';

export function registerReplay(program: Command, deps: SimulateDeps = {}): void {
  program
    .command('replay')
    .description('Post a file of real calls as signed webhooks and its sales as outcomes, following a mapping file.')
    .argument('<file>', 'delimited text file, one call a row')
    .requiredOption('--mapping <file>', 'JSON file that says what the columns mean')
    .requiredOption('--url <url>', 'address of the instance, e.g. http://127.0.0.1:3000')
    .option('--public-url <url>', 'address to sign for, when it differs (the PUBLIC_URL of the instance)')
    .option('--token <token>', 'Twilio auth token to sign with (default: TWILIO_AUTH_TOKEN)')
    .option('--events <list>', `callbacks subscribed to, of ${LEG_EVENTS.join(',')}`, events, [...LEG_EVENTS])
    .option('--shuffle', 'post in random order', false)
    .option('--seed <text>', 'seed of the order and of the duplicates', '1')
    .option('--duplicates <share>', 'share of webhooks posted twice', share, 0)
    .option('--api-key <key>', 'key to enter sales with (default: API_KEY); without one there are none')
    .option('--corrections <share>', 'share of rows whose sale is told wrongly first and then corrected', share, 0)
    .option('--concurrency <n>', 'webhooks under way at a time', whole(1, 1_000), 32)
    .option('--persist', 'retry each webhook until it is acknowledged', false)
    .option('--json', 'print the summary as JSON', false)
    .action((file: string, options: ReplayOptions) => replay(file, options, deps));
}

async function replay(file: string, options: ReplayOptions, deps: SimulateDeps): Promise<void> {
  const print = deps.print ?? ((line: string) => console.log(line));
  const token = tokenOf(options.token, deps.defaultToken);
  const mapping = parseMapping(await readFile(options.mapping, 'utf8'), basename(options.mapping));
  const table = parseTable(await readFile(file, 'utf8'), mapping.separator);
  const calls = callsOf(table, mapping);
  const { url, publicUrl, concurrency, persist } = options;
  const apiKey = options.apiKey ?? deps.defaultApiKey?.() ?? undefined;
  const poster = new SignedPoster({ url, publicUrl, token, apiKey, concurrency, persist });
  const random = seeded(options.seed, 'outcomes');
  const outcomes =
    apiKey === undefined ? [] : outcomesOf(table, mapping, calls, { random, wrong: options.corrections });
  if (!options.json) print(`${mapping.title}: ${calls.length} calls.`);
  const begun = monotonicMs();
  try {
    for (const callback of postsOf(calls, outcomes, mapping.account, options)) await poster.post(callback);
    await poster.drain();
  } finally {
    poster.close();
  }
  summarise(poster.stats, (monotonicMs() - begun) / 1000, options.json, print);
}

type Order = Pick<ReplayOptions, 'events' | 'shuffle' | 'seed' | 'duplicates'>;
type Planned = { leg: Leg; progress: LegProgress } | { outcome: Postable };

/**
 * Every callback of the calls and every outcome; bodies are made one by one, so that a month of calls fits in memory. With
 * no shuffling a duplicate follows its original at once, and outcomes follow the calls.
 */
export function* postsOf(
  calls: readonly Leg[][],
  outcomes: readonly RowOutcomes[],
  account: string,
  order: Order,
): Generator<Postable, void, undefined> {
  for (const item of planned(calls, outcomes, order)) {
    yield 'outcome' in item ? item.outcome : callbackOf(item, account);
  }
}

/** The callbacks alone. */
export function* callbacksOf(
  calls: readonly Leg[][],
  account: string,
  order: Order,
): Generator<ReturnType<typeof callbackOf>, void, undefined> {
  for (const item of planned(calls, [], order)) if ('leg' in item) yield callbackOf(item, account);
}

function callbackOf({ leg, progress }: { leg: Leg; progress: LegProgress }, account: string) {
  return { rawTarget: TARGET, form: progressForm(leg, progress, account, true) };
}

function planned(calls: readonly Leg[][], outcomes: readonly RowOutcomes[], order: Order): Planned[] {
  const random = seeded(order.seed, 'replay');
  const items: Planned[] = [];
  const plan = (item: Planned): void => {
    items.push(item);
    if (random.chance(order.duplicates)) items.push(item);
  };
  for (const leg of calls.flat()) for (const progress of progressOf(leg, order.events)) plan({ leg, progress });
  for (const outcome of outcomes.flat()) plan({ outcome });
  if (order.shuffle) shuffle(items, random);
  return items;
}

/** Fisher–Yates, in place. */
function shuffle<T>(items: T[], random: Random): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.between(0, i);
    const [a, b] = [items[i], items[j]];
    if (a === undefined || b === undefined) continue;
    items[i] = b;
    items[j] = a;
  }
}

function events(text: string): LegEvent[] {
  const chosen = text.split(',').map((name) => name.trim());
  const known = LEG_EVENTS.filter((event) => chosen.includes(event));
  if (known.length === chosen.length && known.length > 0) return known;
  throw new InvalidArgumentError(`Expected some of ${LEG_EVENTS.join(',')}, separated by commas.`);
}
