import { Command } from 'commander';
import { reportFailure } from './report-failure.js';

interface Entry {
  description: string;
  /** Adds the command with its options. Loaded only when asked for: help must not wait for the whole product. */
  register: (program: Command) => Promise<void>;
}

const COMMANDS: Record<string, Entry> = {
  start: {
    description: 'Serve the API, the webhooks and the web; with --demo on a simulated floor.',
    register: async (program) => (await import('./start.js')).registerStart(program),
  },
  migrate: {
    description: 'Bring the database schema up to this version.',
    register: async (program) => (await import('./migrate.js')).registerMigrate(program),
  },
  simulate: {
    description: 'Post the signed webhooks of a simulated telesales floor to a running instance.',
    register: async (program) => {
      const [{ registerSimulate }, { defaultApiKey, defaultToken }] = await Promise.all([
        import('./simulate.js'),
        import('./defaults.js'),
      ]);
      registerSimulate(program, { defaultApiKey, defaultToken });
    },
  },
  replay: {
    description: 'Post a file of real calls as signed webhooks to a running instance.',
    register: async (program) => {
      const [{ registerReplay }, { defaultApiKey, defaultToken }] = await Promise.all([
        import('./replay.js'),
        import('./defaults.js'),
      ]);
      registerReplay(program, { defaultApiKey, defaultToken });
    },
  },
  verify: {
    description: 'Recompute every fact from its events and every sum from the facts, and report each difference.',
    register: async (program) => (await import('./verify.js')).registerVerify(program),
  },
  rebuild: {
    description: 'Throw away facts and sums and make them again from the event log.',
    register: async (program) => (await import('./rebuild.js')).registerRebuild(program),
  },
  audit: {
    description: 'Prove the audit log, or take it out as CSV.',
    register: async (program) => (await import('./audit.js')).registerAudit(program),
  },
  user: {
    description: 'Let somebody in again who is locked out.',
    register: async (program) => (await import('./user.js')).registerUser(program),
  },
  keys: {
    description: 'The master key: what uses which, rotate it, drop old ones.',
    register: async (program) => (await import('./keys.js')).registerKeys(program),
  },
  retention: {
    description: 'Remove what is older than its limit now; with --dry-run only count it.',
    register: async (program) => (await import('./retention.js')).registerRetention(program),
  },
};

/** Runs the command line; `argv` as in `process.argv`. Sets the exit code, never throws. */
export async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('tallyboard')
    .description('Telesales, quantified: signed call events in, exact KPIs per agent out, live on the wallboard.')
    .showHelpAfterError()
    .enablePositionalOptions();
  try {
    const wanted = argv.slice(2).find((word) => Object.hasOwn(COMMANDS, word));
    if (wanted !== undefined) await COMMANDS[wanted]?.register(program);
    for (const [name, { description }] of Object.entries(COMMANDS)) {
      if (name !== wanted) program.command(name).description(description).allowUnknownOption();
    }
    await program.parseAsync([...argv]);
  } catch (error) {
    reportFailure(error);
  }
}
