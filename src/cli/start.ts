import type { Command } from 'commander';
import { startServer } from '../main.js';
import {
  claimDataDir,
  createLogger,
  loadConfig,
  lockDataDir,
  monotonicMs,
  speaksChinese,
  systemClock,
} from '../platform/index.js';
import { openDemo, startDemo } from './demo/demo.js';
import { reportFailure } from './report-failure.js';
import { Shutdown } from './shutdown.js';
import { welcome } from './welcome.js';

export function registerStart(program: Command): void {
  program
    .command('start')
    .description(
      'Serve the API, the webhooks and the web on one port, with a database of its own unless told otherwise.',
    )
    .option('--demo', 'on invented data: a simulated floor, in a data directory of its own')
    .action(start);
}

async function start(options: { demo?: boolean }): Promise<void> {
  const startedMs = monotonicMs();
  const given = loadConfig(undefined, { demo: options.demo ?? false });
  claimDataDir(given);
  process.once('exit', lockDataDir(given.dataDir));
  const demo = given.demo ? openDemo(given, systemClock) : null;
  const config = demo?.config ?? given;
  const log = createLogger({ level: config.logLevel });
  const shutdown = new Shutdown(log);
  try {
    const server = await startServer(config, { log });
    shutdown.closeWith(() => server.close());
    server.core.database.embedded?.supervise();
    if (shutdown.signal.aborted) return;
    if (demo !== null) shutdown.closeWith(await startDemo(demo, server, shutdown.signal));
    if (shutdown.signal.aborted) return;
    const seconds = (monotonicMs() - startedMs) / 1000;
    console.log(
      welcome(config, {
        url: server.url,
        administrator:
          demo === null ? server.administrator : { ...server.administrator, generatedPassword: demo.state.password },
        seconds,
        chinese: speaksChinese(),
      }),
    );
  } catch (error) {
    // Stopped half-way by request is no failure.
    if (!shutdown.signal.aborted) reportFailure(error);
    shutdown.end(shutdown.signal.aborted ? 0 : 1);
  }
}
