import { spawn, spawnSync } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { delay, jitter, monotonicMs } from '../clock/index.js';
import { AppError } from '../errors/index.js';
import { type Logger, silentLogger } from '../logging/index.js';
import { locateBinaries, type PostgresBinaries } from './binaries.js';
import { registerUser } from './data-dir-users.js';
import { type Cluster, lastLines, prepareCluster, SUPERUSER } from './initialise.js';
import { isPostmaster, type Postmaster, readPidFile, runningPostmaster } from './postmaster.js';

const START_WITHIN_MS = 90_000;
const STOP_WITHIN_MS = 20_000;
const WATCH_EVERY_MS = 500;

export interface EmbeddedOptions {
  dataDir: string;
  log?: Logger;
  /** Server settings on top of ours. */
  settings?: Record<string, string>;
}

const openServers = new Set<EmbeddedPostgres>();

/** Closes every embedded server this process opened and has not closed: the last resort of a failed start. */
export async function closeAllEmbedded(): Promise<void> {
  await Promise.all([...openServers].map((server) => server.close()));
}

/** For a laptop and for a small server alike; durability is never traded. */
const SERVER_SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: '192MB',
  max_wal_size: '2GB',
  checkpoint_completion_target: '0.9',
  wal_compression: 'pglz',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  autovacuum_naptime: '15s',
  autovacuum_vacuum_cost_delay: '1ms',
  tcp_keepalives_idle: '60',
  log_checkpoints: 'off',
  // Statements may hold what no log should: they are left out of error reports.
  log_min_error_statement: 'panic',
  log_parameter_max_length_on_error: '0',
  log_error_verbosity: 'terse',
};

/**
 * A real PostgreSQL below DATA_DIR. It is a process of its own, out of reach of Ctrl-C, and outlives a killed parent:
 * the next one attaches to it. The last process that uses it stops it.
 */
export class EmbeddedPostgres {
  private watcher: NodeJS.Timeout | undefined;
  private reviving = false;
  private closed = false;

  private constructor(
    private readonly binaries: PostgresBinaries,
    private readonly cluster: Cluster,
    private readonly settings: Record<string, string>,
    private readonly log: Logger,
    private readonly leave: () => { last: boolean },
    /** Fixed for the life of this object: pools hold it. */
    readonly port: number,
  ) {
    openServers.add(this);
  }

  static async open(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
    const binaries = locateBinaries();
    const prepared = prepareCluster(options.dataDir, binaries);
    const cluster = { ...prepared, postgresDir: realpathSync(prepared.postgresDir) };
    const settings = { ...SERVER_SETTINGS, ...options.settings };
    const leave = registerUser(options.dataDir);
    try {
      const port = await ensureRunning(binaries, cluster, settings, null);
      return new EmbeddedPostgres(binaries, cluster, settings, options.log ?? silentLogger, leave, port);
    } catch (error) {
      leave();
      throw error;
    }
  }

  /** Connection string of a database in this server. */
  url(database: string): string {
    return `postgres://${SUPERUSER}:${encodeURIComponent(this.cluster.password)}@127.0.0.1:${this.port}/${database}`;
  }

  /** Process id of the server now, for tests that kill it. */
  serverPid(): number | null {
    return runningPostmaster(this.cluster.postgresDir)?.pid ?? null;
  }

  /** From now on a server that dies (out of memory, killed by hand) is started again on the same port. */
  supervise(): void {
    this.watcher ??= setInterval(() => void this.revive(), WATCH_EVERY_MS).unref();
  }

  /** Stops the server unless another process still uses it. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    openServers.delete(this);
    clearInterval(this.watcher);
    if (this.leave().last) await stopServer(this.binaries, this.cluster.postgresDir);
  }

  private async revive(): Promise<void> {
    if (this.reviving || this.closed || runningPostmaster(this.cluster.postgresDir) !== null) return;
    this.reviving = true;
    this.log.warn('The embedded PostgreSQL is gone; starting it again');
    try {
      await ensureRunning(this.binaries, this.cluster, this.settings, this.port);
      this.log.info('The embedded PostgreSQL is back');
    } catch (error) {
      this.log.error({ err: error }, 'The embedded PostgreSQL could not be started again; trying on');
    } finally {
      this.reviving = false;
    }
  }
}

/** Attaches to the running server or starts one; returns its port. `fixedPort`: only that one will do. */
async function ensureRunning(
  binaries: PostgresBinaries,
  cluster: Cluster,
  settings: Record<string, string>,
  fixedPort: number | null,
): Promise<number> {
  const deadline = monotonicMs() + START_WITHIN_MS;
  let reason = 'it did not become ready';
  while (monotonicMs() < deadline) {
    const running = runningPostmaster(cluster.postgresDir);
    if (running?.status === 'ready') return running.port;
    if (running !== null) {
      await delay(20);
      continue;
    }
    removeForeignPidFile(cluster.postgresDir);
    const port = fixedPort ?? (await choosePort(cluster.postgresDir));
    const failure = await launch(binaries, cluster, settings, port, deadline);
    if (failure === null) return port;
    reason = failure;
    if (/FATAL.*(incompatible|superuser|permission denied|invalid value|unrecognized)/.test(failure)) break;
    await delay(200);
  }
  throw new AppError('database_embedded_failed', { params: { reason, log: cluster.logFile } });
}

/** Starts the server and waits until it is ready. Returns null, or why it exited. */
async function launch(
  binaries: PostgresBinaries,
  cluster: Cluster,
  settings: Record<string, string>,
  port: number,
  deadline: number,
): Promise<string | null> {
  const options = Object.entries({ ...settings, port: String(port) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const { command, args } = cluster.runAs.wrap(binaries.postgres, ['-D', cluster.postgresDir, ...options]);
  const log = openSync(cluster.logFile, 'a', 0o600);
  const logStart = fstatSync(log).size;
  const child = spawn(command, args, {
    uid: cluster.runAs.uid,
    gid: cluster.runAs.gid,
    cwd: '/',
    // A session of its own: a Ctrl-C in the terminal must reach us first, and us alone.
    detached: true,
    stdio: ['ignore', log, log],
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
  });
  closeSync(log);
  let failure: string | null = null;
  let exit: number | NodeJS.Signals | null = null;
  child.once('error', (error) => {
    failure = error.message;
  });
  child.once('exit', (code, signal) => {
    exit = code ?? signal;
  });
  child.unref();
  while (monotonicMs() < deadline) {
    const now = readPidFile(cluster.postgresDir);
    if (now?.pid === child.pid && now?.status === 'ready') {
      writeFileSync(portFile(cluster.postgresDir), `${port}\n`, { mode: 0o600 });
      return null;
    }
    if (failure !== null) return failure;
    // Its last words are read only here: a server that ends later must not trip over a log that was moved away.
    if (exit !== null) {
      return `exit ${exit}: ${lastLines(readFileSync(cluster.logFile).subarray(logStart).toString('utf8'))}`;
    }
    await delay(10);
  }
  return 'it did not become ready in time';
}

/**
 * PostgreSQL takes any live process with the number in a left-over pid file for its predecessor and refuses. When the
 * number belongs to another program (a reboot, a restarted container), the file is removed; when nobody has it, the
 * file stays, because the server finds by it whether orphans of its predecessor are still writing.
 */
function removeForeignPidFile(postgresDir: string): void {
  const file: Postmaster | null = readPidFile(postgresDir);
  if (file === null || isPostmaster(file.pid, postgresDir)) return;
  try {
    process.kill(file.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
  }
  rmSync(join(postgresDir, 'postmaster.pid'), { force: true });
}

function portFile(postgresDir: string): string {
  return `${postgresDir}.port`;
}

/**
 * Below where systems take the ports of outgoing connections from: while the server is down for a moment, no connection
 * of anybody's can be given its port.
 */
const PORT_FIRST = 15_000;
const PORT_LAST = 31_999;
const PORT_ATTEMPTS = 20;

/** The port of last time while it is free (a client across a restart finds the database again), else a free one. */
async function choosePort(postgresDir: string): Promise<number> {
  let last = 0;
  try {
    last = Number(readFileSync(portFile(postgresDir), 'utf8'));
  } catch {
    // No port of last time: first start.
  }
  if (last > 0 && (await tryPort(last)) > 0) return last;
  for (let attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
    const port = await tryPort(PORT_FIRST + Math.floor(jitter() * (PORT_LAST - PORT_FIRST + 1)));
    if (port > 0) return port;
  }
  return tryPort(0);
}

function tryPort(port: number): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(0));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Fast shutdown: clients are cut off, everything committed is kept; immediate when that takes too long. */
async function stopServer(binaries: PostgresBinaries, postgresDir: string): Promise<void> {
  for (const [mode, signal] of [
    ['fast', 'SIGINT'],
    ['immediate', 'SIGQUIT'],
  ] as const) {
    const running = runningPostmaster(postgresDir);
    if (running === null) return;
    // Windows has no signals; pg_ctl speaks to the server's own pipe.
    if (process.platform === 'win32') spawnSync(binaries.pgCtl, ['stop', '-D', postgresDir, '-m', mode]);
    else process.kill(running.pid, signal);
    const deadline = monotonicMs() + STOP_WITHIN_MS;
    while (monotonicMs() < deadline && isPostmaster(running.pid, postgresDir)) await delay(10);
  }
}
