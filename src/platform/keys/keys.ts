import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { pooledSecureBytes } from '../clock/index.js';

/** What a sub-key is for. One purpose never reads what another wrote. */
export type KeyPurpose =
  | 'customer-number'
  | 'raw-key'
  | 'spool'
  | 'session'
  | 'audit'
  | 'erasure'
  | 'outcome-note'
  | 'destination'
  | 'pack-link';

const VERSION = 1;
const HEADER_BYTES = 5;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Sub-keys of one master key. */
class MasterKey {
  /** Short public name of the master key, 1 … 32767, from a digest; tells which key wrote a value, reveals nothing of it. */
  readonly id: number;
  readonly indexKey: Buffer;
  private readonly subKeys = new Map<KeyPurpose, Buffer>();

  constructor(private readonly master: Buffer) {
    this.id = (derive(master, 'key-id').readUInt16BE(0) % 32_767) + 1;
    this.indexKey = derive(master, 'blind-index');
  }

  subKey(purpose: KeyPurpose): Buffer {
    const known = this.subKeys.get(purpose);
    if (known !== undefined) return known;
    const made = derive(this.master, `purpose:${purpose}`);
    this.subKeys.set(purpose, made);
    return made;
  }

  index(e164: string): Buffer {
    return createHmac('sha256', this.indexKey).update(e164, 'utf8').digest();
  }
}

/** The database is at a key that this process's file does not hold (yet): it has to be copied here. */
export class KeyFileBehindError extends Error {
  override readonly name = 'KeyFileBehindError';
  /** As PostgreSQL says "not in the state this needs": it passes by itself, so webhooks wait for it and are not lost. */
  readonly code = '55000';

  constructor(keyId: number) {
    super(`The key file does not hold key ${keyId}, which the database is at`);
  }
}

/** A blind index and the key it was made with. */
export interface BlindIndex {
  keyId: number;
  index: Buffer;
}

/**
 * Everything derived from the master keys: an encryption key for each purpose, and the blind index. The current key is
 * the one the database names (`instance.key_id`): it writes. The others only read what they wrote, until a rotation has
 * sealed everything anew.
 *
 * Sealed format: version (1 byte) ‖ key id (4 bytes, big endian) ‖ nonce (12) ‖ ciphertext ‖ tag (16), AES-256-GCM.
 * The header and the caller's context are authenticated: a ciphertext moved to another row does not open.
 *
 * One instance serves a whole process and follows the key file by itself: when a value names a key it does not know, and
 * when `switchTo` is told of one.
 */
export class Keys {
  private masters: [MasterKey, ...MasterKey[]];

  /** `reread`: the keys of the file as they are now; asked when a value was written with a key that is not loaded. */
  constructor(
    current: Buffer,
    older: readonly Buffer[] = [],
    private readonly reread: (() => readonly Buffer[]) | null = null,
  ) {
    this.masters = [new MasterKey(current), ...older.map((master) => new MasterKey(master))];
  }

  /** Id of the current key. */
  get keyId(): number {
    return this.masters[0].id;
  }

  /** Ids of all loaded keys, the current one first. */
  get keyIds(): number[] {
    return this.masters.map((master) => master.id);
  }

  /** Reads the key file again; which key is current stays. True when that changed which keys are loaded. */
  reload(): boolean {
    const before = this.keyIds;
    const found = (this.reread?.() ?? []).map((master) => new MasterKey(master));
    const current = found.find((master) => master.id === this.keyId) ?? found[0];
    if (current !== undefined) this.masters = [current, ...found.filter((master) => master !== current)];
    return this.keyIds.join() !== before.join();
  }

  /**
   * Makes the key current that the database names, reading the file again where it is not loaded yet. Throws when the
   * file does not hold it.
   */
  switchTo(keyId: number): void {
    if (keyId === this.keyId) return;
    const wanted = this.find(keyId) ?? (this.reload() ? this.find(keyId) : undefined);
    if (wanted === undefined) throw new KeyFileBehindError(keyId);
    this.masters = [wanted, ...this.masters.filter((master) => master !== wanted)];
  }

  /** Lets equal numbers be found without storing them; under the current key. 32 bytes. */
  blindIndex(e164: string): Buffer {
    return this.masters[0].index(e164);
  }

  /** The same under every loaded key, the current one first: during a rotation a number may be stored under either. */
  blindIndexes(e164: string): BlindIndex[] {
    return this.masters.map((master) => ({ keyId: master.id, index: master.index(e164) }));
  }

  /** `context` names the place of the value (table and row); the same must be given to `decrypt`. */
  encrypt(purpose: KeyPurpose, plain: Buffer | string, context: string): Buffer {
    const current = this.masters[0];
    const header = Buffer.alloc(HEADER_BYTES);
    header.writeUInt8(VERSION, 0);
    header.writeUInt32BE(current.id, 1);
    return Buffer.concat([header, sealWith(current.subKey(purpose), plain, header, context)]);
  }

  /** Throws when the value was altered, moved, or written with a key that is not in the file. */
  decrypt(purpose: KeyPurpose, sealed: Buffer, context: string): Buffer {
    const keyId = sealedWith(sealed);
    const header = sealed.subarray(0, HEADER_BYTES);
    return openWith(this.subKey(purpose, keyId), sealed.subarray(HEADER_BYTES), header, context);
  }

  /** A key of 32 bytes for a purpose, where sealing is not what is needed (a keyed hash). Throws for an unknown key. */
  subKey(purpose: KeyPurpose, keyId = this.keyId): Buffer {
    const master = this.find(keyId) ?? (this.reload() ? this.find(keyId) : undefined);
    if (master === undefined) {
      throw new Error(`Sealed with key ${keyId}, but only ${this.keyIds.join(', ')} is loaded`);
    }
    return master.subKey(purpose);
  }

  private find(keyId: number): MasterKey | undefined {
    return this.masters.find((master) => master.id === keyId);
  }
}

/** Id of the key a value was sealed with. Throws on anything that is no sealed value. */
export function sealedWith(sealed: Buffer): number {
  if (sealed.length < HEADER_BYTES || sealed.readUInt8(0) !== VERSION) throw new Error('Not a sealed value');
  return sealed.readUInt32BE(1);
}

function derive(master: Buffer, label: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master, 'tallyboard', label, 32));
}

/** nonce ‖ ciphertext ‖ tag */
export function sealWith(key: Buffer, plain: Buffer | string, header: Buffer, context: string): Buffer {
  const nonce = pooledSecureBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.concat([header, Buffer.from(context, 'utf8')]));
  const first = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain);
  return Buffer.concat([nonce, first, cipher.final(), cipher.getAuthTag()]);
}

export function openWith(key: Buffer, sealed: Buffer, header: Buffer, context: string): Buffer {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) throw new Error('Sealed value is cut off');
  const tagStart = sealed.length - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.concat([header, Buffer.from(context, 'utf8')]));
  decipher.setAuthTag(sealed.subarray(tagStart));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, tagStart)), decipher.final()]);
}
