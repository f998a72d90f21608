import { isoOf } from '../../platform/index.js';
import type { UserView } from '../../shared/accounts.js';
import type { UserRow } from './user.repository.js';

export function viewOf(row: UserRow): UserView {
  const { createdAt, lastSignInAt, openLink, ...rest } = row;
  return {
    ...rest,
    createdAt: isoOf(createdAt),
    lastSignInAt: lastSignInAt === null ? null : isoOf(lastSignInAt),
    openLink: openLink === null ? null : { kind: openLink.kind, expiresAt: isoOf(openLink.expiresAt) },
  };
}

/** Where a page ended: the last person's lower-case name and id. */
export function cursorOf({ name, id }: Pick<UserRow, 'name' | 'id'>): string {
  return Buffer.from(JSON.stringify([name.toLowerCase(), id])).toString('base64url');
}

/** Null = not a cursor of ours. */
export function readCursor(cursor: string): { name: string; id: number } | null {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (!Array.isArray(parsed) || parsed.length !== 2) return null;
    const [name, id]: unknown[] = parsed;
    return typeof name === 'string' && Number.isSafeInteger(id) ? { name, id: Number(id) } : null;
  } catch {
    return null;
  }
}
