/**
 * `start --demo`: a floor that is always in shift. Four weeks of history and today so far go through the log in bulk,
 * then the simulator posts signed webhooks over HTTP to the server, like Twilio.
 */
import type { RunningServer } from '../../main.js';
import {
  type Clock,
  type Config,
  delay,
  readablePassword,
  secureToken,
  speaksChinese,
  zonesHere,
} from '../../platform/index.js';
import { type DemoOptions, demoTimeZone, driveLiveFloor, historyOf, todaySoFar } from '../../simulator/index.js';
import { setUpDemoOrganisation } from './demo-organisation.js';
import { type DemoState, readDemoState, writeDemoState } from './demo-state.js';
import { loadBatches, untilFolded } from './load-history.js';

const AGENTS = 40;
const SEED = 'tallyboard';
const CONCURRENCY = 16;
const REMEMBER_EVERY_MS = 30_000;
/** Closer to now than this and the live floor takes over. */
const CAUGHT_UP_MS = 2_000;

export interface Demo {
  config: Config;
  state: DemoState;
  clock: Clock;
}

/**
 * Settings of a demo: a token of its own, the administrator's password kept so that every start can show it, and the zone
 * of its first start: the one somebody chose, else one in which it was daytime then.
 */
export function openDemo(given: Config, clock: Clock, zones = zonesHere()): Demo {
  const state = readDemoState(given.dataDir, clock.now()) ?? {
    seed: SEED,
    agents: AGENTS,
    anchor: clock.now(),
    timeZone: zones.chosen ?? demoTimeZone(clock.now(), [zones.machine, given.orgTimeZone]),
    loadedUpTo: null,
    password: given.adminPassword ?? readablePassword(),
  };
  writeDemoState(given.dataDir, state);
  const config = {
    ...given,
    // The floor that is in the log already goes on where it is.
    orgTimeZone: state.timeZone ?? zones.chosen ?? given.orgTimeZone,
    twilioAuthTokens: [secureToken(24)],
    publicUrl: null,
    adminPassword: state.password,
    // The floor enters outcomes with it.
    apiKey: given.apiKey ?? secureToken(32),
  };
  return { config, state, clock };
}

/** Loads what is missing, starts the floor; returns how to stop both. */
export async function startDemo(demo: Demo, server: RunningServer, signal: AbortSignal): Promise<() => Promise<void>> {
  const { state, config, clock } = demo;
  const { core, url } = server;
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const options: DemoOptions = {
    seed: state.seed,
    agents: state.agents,
    timeZone: config.orgTimeZone,
    anchor: state.anchor,
  };
  // While old events come in, a call that has no end yet is no stale call.
  await core.stale.stop();
  await setUpDemoOrganisation(core.database.pool, options);
  if (state.loadedUpTo === null) {
    const progress = progressLine();
    await loadBatches(core, historyOf(options), { signal: either, progress });
    await loadBatches(core, todaySoFar(options), { signal: either, progress: () => {} });
    await untilFolded(core, either);
    if (!either.aborted) remember(demo, state.anchor);
    process.stderr.write('\n');
  }
  await catchUp(demo, server, options, either);
  core.stale.start();
  core.board.refreshNorms();
  if (url === null || either.aborted) return () => server.close();
  const remembering = setInterval(() => remember(demo, clock.now()), REMEMBER_EVERY_MS);
  const from = clock.now();
  const token = config.twilioAuthTokens[0] ?? '';
  const poster = { url, token, apiKey: config.apiKey ?? '', concurrency: CONCURRENCY, persist: true };
  const floor = driveLiveFloor({ demo: options, from, clock, poster, signal: either });
  return async () => {
    clearInterval(remembering);
    stop.abort();
    await Promise.race([floor, delay(3_000, { keepAlive: false })]);
    remember(demo, clock.now());
    await server.close();
  };
}

/** The time between the last start and now, in bulk: the floor went on meanwhile. */
async function catchUp(demo: Demo, { core }: RunningServer, options: DemoOptions, signal: AbortSignal): Promise<void> {
  for (let after = demo.state.loadedUpTo; after !== null && !signal.aborted; ) {
    const until = demo.clock.now();
    if (until - after < CAUGHT_UP_MS) return;
    await loadBatches(core, todaySoFar({ ...options, after, until }), { signal, progress: () => {} });
    await untilFolded(core, signal);
    if (!signal.aborted) remember(demo, until);
    after = until;
  }
}

function remember(demo: Demo, loadedUpTo: number): void {
  demo.state.loadedUpTo = loadedUpTo;
  writeDemoState(demo.config.dataDir, demo.state);
}

/** One line that is written over on a terminal, and a line every tenth elsewhere. */
function progressLine(): (progress: { events: number; share: number }) => void {
  const chinese = speaksChinese();
  let shown = -1;
  return ({ events, share }) => {
    const percent = Math.round(share * 100);
    const step = process.stderr.isTTY ? percent : Math.floor(percent / 10);
    if (step === shown) return;
    shown = step;
    const count = events.toLocaleString('en-US');
    const text = chinese
      ? `正在载入四周历史 ${percent} %（${count} 条事件）`
      : `Loading four weeks of history ${percent} % (${count} events)`;
    process.stderr.write(process.stderr.isTTY ? `\r${text}` : `${text}\n`);
  };
}
