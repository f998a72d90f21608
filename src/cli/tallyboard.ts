/** The command line of a built product: `node dist/server/cli/tallyboard.js <command>` (containers, packages). */
import { main } from './index.js';

await main(process.argv);
