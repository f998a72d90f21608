/**
 * What those who watch cost the database: statements of the whole process in a minute without anybody, then in one with
 * 200 live connections, when nothing happens on the floor. Counted where they leave the process (pg's own client) and by
 * what PostgreSQL says it committed. A whole minute, so that what is done once a minute is in both.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSocket, signedIn } from './connections.mjs';
import { PUBLIC_URL, TOKEN } from './events.mjs';
import { makeFloor, signIn } from './floor.mjs';
import { API_KEY, cleanOrThrow } from './ingest.mjs';
import { startProcess } from './processes.mjs';

/** My day of so many agents, Floor of so many supervisors, and boards: each person with a session of their own. */
const VIEWERS = { me: 80, floor: 40, board: 80 };
/** What a first look at something reads is read by then. */
const SETTLE_MS = 10_000;
/** The look at each session once a minute, by which those that are over are closed. */
const IS_SESSION = /FROM session s JOIN app_user|UPDATE session SET last_seen_at/;
/** Statements a second and viewer that still count as none: what is left of jobs that fall into one minute or the other. */
const NONE = 0.002;

export async function benchViewers({ seconds = 60 } = {}) {
  const scratch = mkdtempSync(join(tmpdir(), 'tallyboard-bench-'));
  const dataDir = join(scratch, 'data');
  const server = await startProcess('product.mjs', [dataDir, PUBLIC_URL, TOKEN, API_KEY]);
  const sockets = [];
  try {
    const floor = await makeFloor(server, VIEWERS.me);
    const watchers = await peopleOf(server, floor);
    await pause(SETTLE_MS);
    const without = await countFor(server, seconds);
    for (const watcher of watchers) sockets.push(await openSocket(floor.base, watcher));
    await pause(SETTLE_MS);
    const watched = await countFor(server, seconds);
    const connected = sockets.filter((socket) => socket.connected).length;
    if (connected !== watchers.length) throw new Error(`${connected} of ${watchers.length} still connected`);
    await cleanOrThrow(server.port, dataDir);
    return compared(without, watched, watchers.length, seconds);
  } finally {
    for (const socket of sockets) socket.close();
    await server.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

function compared(without, watched, viewers, seconds) {
  const [base, now] = [split(without), split(watched)];
  const perViewer = (now.others - base.others) / seconds / viewers;
  if (Math.abs(perViewer) > NONE) {
    throw new Error(`${perViewer} statements a second and viewer: ${JSON.stringify(risen(without, watched))}`);
  }
  return {
    viewers,
    sessions: VIEWERS.me + VIEWERS.floor,
    perViewer,
    without: base.others / seconds,
    watched: now.others / seconds,
    sessionLooks: now.sessions / seconds,
    committedWithout: without.committed / seconds,
    committedWatched: watched.committed / seconds,
  };
}

function split({ statements }) {
  const sum = { sessions: 0, others: 0 };
  for (const [text, times] of Object.entries(statements)) sum[IS_SESSION.test(text) ? 'sessions' : 'others'] += times;
  return sum;
}

/** The statements of which there were more, for whoever has to find out why. */
function risen(without, watched) {
  const more = Object.entries(watched.statements).map(([text, times]) => [
    times - (without.statements[text] ?? 0),
    text.replace(/\s+/g, ' ').slice(0, 120),
  ]);
  return more.filter(([times]) => times > 0).sort((a, b) => b[0] - a[0]);
}

async function peopleOf(server, { base, team, agents }) {
  const watchers = [];
  for (const [i, agentId] of agents.entries()) {
    const session = await signIn(server, base, { role: 'agent', agentId }, `agent.${i}`);
    watchers.push({ scope: 'me', headers: signedIn(session) });
  }
  for (let i = 0; i < VIEWERS.floor; i++) {
    const session = await signIn(server, base, { role: 'supervisor', teams: [team] }, `lead.${i}`);
    watchers.push({ scope: 'floor', headers: signedIn(session) });
  }
  for (let i = 0; i < VIEWERS.board; i++) watchers.push({ scope: 'board:default' });
  return watchers;
}

/** Statements by text, and transactions PostgreSQL committed, in so many seconds from now. */
async function countFor(server, seconds) {
  const before = await server.ask('statements');
  await pause(seconds * 1000);
  const after = await server.ask('statements');
  return { statements: after.statements, committed: after.committed - before.committed };
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
