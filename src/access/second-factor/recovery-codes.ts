import { readablePassword } from '../../platform/index.js';

/** Each holds about 49 bits; kept under argon2id, so that a stolen table is of no use. */
const CODE = /^[a-z2-9]{10}$/;

/** Ten codes such as `k7mqd-x2wpa`, to be written down. */
export function makeRecoveryCodes(): string[] {
  return Array.from({ length: 10 }, () => readablePassword().slice(0, 11));
}

/** A code as it is hashed, however it was typed; null when it cannot be one. */
export function normaliseRecoveryCode(typed: string): string | null {
  const code = typed.toLowerCase().replace(/[\s-]/g, '');
  return CODE.test(code) ? code : null;
}
