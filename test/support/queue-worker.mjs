/** A process that takes one task of a queue and never ends it; prints a line when it has it. For tests that kill it. */
import { createQueues, silentLogger } from '../../dist/server/platform/index.js';

const { settings, timings, name } = JSON.parse(process.argv[2]);
createQueues(settings, silentLogger, timings)
  .queue(name)
  .work(() => {
    process.stdout.write('taken\n');
    return new Promise(() => {});
  }, 1);
setInterval(() => {}, 60_000);
