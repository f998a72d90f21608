/** A running process follows a rotation of the master key: no restart, and never two processes with two current keys for long. */
import type { Pool } from 'pg';
import type { Logger } from '../logging/index.js';
import { Reading } from '../reading.js';
import type { Keys } from './keys.js';

/** A lost signal costs no more than this. */
const EVERY_MS = 60_000;

/** Makes the key current that the database names; true when it was another one. Throws when the file does not hold it. */
export async function followKeys(db: Pick<Pool, 'query'>, keys: Keys): Promise<boolean> {
  const { rows } = await db.query<{ key_id: number }>('SELECT key_id FROM instance');
  const named = rows[0]?.key_id;
  if (named === undefined || named === keys.keyId) return false;
  keys.switchTo(named);
  return true;
}

export class KeyFollower {
  private timer: NodeJS.Timeout | null = null;
  /** One at a time: an answer from before the rotation, coming last, would go back to the older key. */
  private readonly looks = new Reading(() => this.follow());

  constructor(
    private readonly pool: Pick<Pool, 'query'>,
    private readonly keys: Keys,
    private readonly log: Logger,
  ) {}

  start(): void {
    this.timer ??= setInterval(() => void this.look(), EVERY_MS);
  }

  stop(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }

  /** Called by a signal too. */
  look(): Promise<void> {
    return this.looks.again();
  }

  private async follow(): Promise<void> {
    try {
      if (await followKeys(this.pool, this.keys)) this.log.info({ key: this.keys.keyId }, 'The master key was rotated');
    } catch (error) {
      this.log.error(
        { err: error },
        'The master key was rotated, and the key file of this process does not hold the new key',
      );
    }
  }
}
