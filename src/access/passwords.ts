import { hash, hashRaw, verify } from '@node-rs/argon2';
import { AppError, secureToken } from '../platform/index.js';

/** argon2id with the least cost OWASP recommends: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** Each check holds 19 MiB and a thread; beyond this many at once callers are asked to wait. */
const MAX_AT_ONCE = 16;

let running = 0;
let decoy: Promise<string> | null = null;

/** Throws `rate_limited`. */
async function limited<T>(work: () => Promise<T>): Promise<T> {
  if (running >= MAX_AT_ONCE) throw new AppError('rate_limited');
  running++;
  try {
    return await work();
  } finally {
    running--;
  }
}

export function hashPassword(password: string): Promise<string> {
  return limited(() => hash(password, COST));
}

/** 32 bytes: equal for equal secret and salt, so that one computation is compared with many kept ones. */
export function hashWithSalt(secret: string, salt: Buffer): Promise<Buffer> {
  return limited(() => hashRaw(secret, { ...COST, salt }));
}

/** `passwordHash` null = no such user: takes the same time and answers false. */
export function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  return limited(async () => {
    decoy ??= hash(secureToken(), COST);
    const decoyHash = await decoy;
    const matches = await verify(passwordHash ?? decoyHash, password);
    return matches && passwordHash !== null;
  });
}

/** Makes the hash unknown users are checked against, so that the first of them is not the slower one. */
export async function preparePasswords(): Promise<void> {
  decoy ??= hash(secureToken(), COST);
  await decoy;
}
