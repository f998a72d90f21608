import type { Command } from 'commander';
import { buildAccounts } from '../access/index.js';
import { openCore } from '../main.js';
import { AppError, createLogger, inTransaction, loadConfig, speaksChinese } from '../platform/index.js';

interface Options {
  removeTotp?: boolean;
  demo?: boolean;
}

/** `tallyboard user reset-password <email>`: whoever may read the data directory can let a person in again. */
export function registerUser(program: Command): void {
  const user = program.command('user').description('Let people in again who are locked out.');
  user
    .command('reset-password')
    .argument('<email>', 'who it is for')
    .description('Print a link with which somebody sets a new password: works once, within the hour. It is audited.')
    .option('--remove-totp', 'also turn their second factor off')
    .option('--demo', 'the data of the demo')
    .action(resetPassword);
}

async function resetPassword(email: string, options: Options): Promise<void> {
  const config = loadConfig(undefined, { demo: options.demo ?? false });
  const { core, close } = await openCore(config, { log: createLogger({ level: 'warn' }), applySettings: false });
  try {
    const { pool } = core.database;
    const accounts = buildAccounts({ pool, keys: core.keys, audit: core.auditLog, clock: core.clock });
    const person = await accounts.users.findSecretsByEmail(email);
    if (person === null) throw new AppError('user_unknown');
    if (person.disabled) throw new AppError('user_disabled');
    const actor = { kind: 'system', id: null, address: null } as const;
    const subject = { kind: 'user', id: String(person.id) };
    if (options.removeTotp && person.hasTotp) await accounts.secondFactor.remove(person.id, actor);
    const link = await inTransaction(pool, async (tx) => {
      const made = await accounts.links.make(tx, person.id, 'reset', null);
      const entry = { actor, action: 'user.link_made', subject, outcome: 'done', after: { kind: 'reset' } } as const;
      await core.auditLog.record(tx, entry);
      return made;
    });
    const base = config.publicUrl ?? `http://localhost:${config.port}`;
    console.log(`${base}/welcome#${link.token}`);
    console.error(
      speaksChinese()
        ? `链接仅可使用一次，${link.expiresAt} 前有效。`
        : `The link works once, until ${link.expiresAt}. It needs a running server at that address.`,
    );
  } finally {
    await close();
  }
}
