/** Names for the surrogate ids of entries, as they are now. An entry itself never holds a name. */
import type { PoolClient } from 'pg';

/** Kind of an actor or subject → where its name is. Closed list: nothing of a request gets into the text. */
const NAMED: Readonly<Record<string, string>> = {
  user: 'SELECT id::text AS id, name FROM app_user WHERE id::text = ANY($1::text[])',
  key: 'SELECT id::text AS id, name FROM api_key WHERE id::text = ANY($1::text[])',
  screen: 'SELECT id::text AS id, name FROM screen WHERE id::text = ANY($1::text[])',
  board: 'SELECT id::text AS id, name FROM board WHERE id::text = ANY($1::text[])',
  saved_report: 'SELECT id::text AS id, name FROM saved_report WHERE id::text = ANY($1::text[])',
  site: 'SELECT id::text AS id, name FROM site WHERE id::text = ANY($1::text[])',
  team: 'SELECT id::text AS id, name FROM team WHERE id::text = ANY($1::text[])',
  agent: 'SELECT id::text AS id, name FROM agent WHERE id::text = ANY($1::text[])',
  campaign: 'SELECT id::text AS id, name FROM campaign WHERE id::text = ANY($1::text[])',
};

export interface Named {
  kind: string;
  id: string | number | null;
}

/** Looks all of them up, one query a kind; the function returned knows the answers. */
export async function namesOf(
  db: Pick<PoolClient, 'query'>,
  named: readonly Named[],
): Promise<(one: Named) => string | null> {
  const wanted = new Map<string, Set<string>>();
  for (const { kind, id } of named) {
    if (id === null || NAMED[kind] === undefined) continue;
    wanted.set(kind, (wanted.get(kind) ?? new Set()).add(String(id)));
  }
  const names = new Map<string, string>();
  for (const [kind, ids] of wanted) {
    const { rows } = await db.query<{ id: string; name: string }>(NAMED[kind] ?? '', [[...ids]]);
    for (const { id, name } of rows) if (name !== '') names.set(`${kind}:${id}`, name);
  }
  return ({ kind, id }) => names.get(`${kind}:${id}`) ?? null;
}
