import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { pooledSecureBytes } from '../clock/index.js';

/** What a sub-key is for. One purpose never reads what another wrote. */
export type KeyPurpose = 'customer-number' | 'raw-key' | 'spool' | 'session' | 'audit';

const VERSION = 1;
const HEADER_BYTES = 5;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Everything derived from the master key: an encryption key for each purpose, and the blind index.
 *
 * Sealed format: version (1 byte) ‖ key id (4 bytes, big endian) ‖ nonce (12) ‖ ciphertext ‖ tag (16), AES-256-GCM.
 * The header and the caller's context are authenticated: a ciphertext moved to another row does not open.
 */
export class Keys {
  /** Short public name of the master key, 1 … 32767, from a digest; tells which key wrote a value, reveals nothing of it. */
  readonly keyId: number;
  private readonly subKeys = new Map<KeyPurpose, Buffer>();
  private readonly indexKey: Buffer;

  constructor(private readonly master: Buffer) {
    this.keyId = (derive(master, 'key-id').readUInt16BE(0) % 32_767) + 1;
    this.indexKey = derive(master, 'blind-index');
  }

  /** Lets equal numbers be found without storing them. 32 bytes. */
  blindIndex(e164: string): Buffer {
    return createHmac('sha256', this.indexKey).update(e164, 'utf8').digest();
  }

  /** `context` names the place of the value (table and row); the same must be given to `decrypt`. */
  encrypt(purpose: KeyPurpose, plain: Buffer | string, context: string): Buffer {
    const header = Buffer.alloc(HEADER_BYTES);
    header.writeUInt8(VERSION, 0);
    header.writeUInt32BE(this.keyId, 1);
    return Buffer.concat([header, sealWith(this.subKey(purpose), plain, header, context)]);
  }

  /** Throws when the value was altered, moved, or written with another key. */
  decrypt(purpose: KeyPurpose, sealed: Buffer, context: string): Buffer {
    const header = sealed.subarray(0, HEADER_BYTES);
    if (header.length < HEADER_BYTES || header.readUInt8(0) !== VERSION) throw new Error('Not a sealed value');
    const keyId = header.readUInt32BE(1);
    if (keyId !== this.keyId) throw new Error(`Sealed with key ${keyId}, but key ${this.keyId} is loaded`);
    return openWith(this.subKey(purpose), sealed.subarray(HEADER_BYTES), header, context);
  }

  /** A key of 32 bytes for a purpose, where sealing is not what is needed (a keyed hash). */
  subKey(purpose: KeyPurpose): Buffer {
    const known = this.subKeys.get(purpose);
    if (known !== undefined) return known;
    const made = derive(this.master, `purpose:${purpose}`);
    this.subKeys.set(purpose, made);
    return made;
  }
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
