/** Looks for a text in everything the database holds: every column of every table, bytes also read as text. */
import type { Pool } from 'pg';

/**
 * Places that hold it, as `table.column`. `whole`: only where no letter or digit stands before or after (short names are
 * part of longer ones).
 */
export async function placesOf(pool: Pool, text: string, options: { whole?: boolean } = {}): Promise<string[]> {
  const { rows: columns } = await pool.query<{ table: string; column: string; type: string }>(
    `SELECT c.table_name AS table, c.column_name AS column, c.data_type AS type
     FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' ORDER BY 1, 2`,
  );
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = options.whole ? `(^|[^[:alnum:]])${escaped}($|[^[:alnum:]])` : escaped;
  const found: string[] = [];
  for (const { table, column, type } of columns) {
    const value = type === 'bytea' ? `encode("${column}", 'escape')` : `"${column}"::text`;
    const { rows } = await pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM "${table}" WHERE ${value} ~ $1`, [
      pattern,
    ]);
    if ((rows[0]?.n ?? 0) > 0) found.push(`${table}.${column}`);
  }
  return found;
}
