/** Agents, their addresses and memberships in the database. */
import type { AddressKind, AgentDisplay, AgentStatus } from '../../shared/organisation.js';
import { currentTeamSql, type Queryable } from '../teams/teams.repository.js';
import { kindOf, type Scheme, storedKind } from './address-kind.js';

export interface AgentRow {
  id: number;
  name: string;
  status: AgentStatus;
  display: AgentDisplay;
  teamId: number;
  teamName: string;
  employedFrom: string | null;
  employedUntil: string | null;
  mergedInto: number | null;
  mergedName: string | null;
  createdAt: Date;
}

export interface AddressRow {
  id: number;
  agentId: number;
  kind: AddressKind;
  scheme: Scheme;
  value: string;
}

export interface MembershipRow {
  agentId: number;
  /** Epoch ms; −Infinity from the beginning. */
  validFrom: number;
  teamId: number;
  teamName: string;
}

/** Columns of an `AgentRow` of `agent a`; `now` is a place of a parameter. */
export const agentColumns = (now: string): string => `
  a.id, a.name, a.status, a.display, coalesce(${currentTeamSql(now)}, 0) AS "teamId",
  (SELECT t.name FROM team t WHERE t.id = coalesce(${currentTeamSql(now)}, 0)) AS "teamName",
  a.employed_from::text AS "employedFrom", a.employed_until::text AS "employedUntil", a.merged_into AS "mergedInto",
  (SELECT b.name FROM agent b WHERE b.id = a.merged_into) AS "mergedName", a.created_at AS "createdAt"`;

export async function findAgents(db: Queryable, ids: readonly number[], now: Date): Promise<AgentRow[]> {
  const { rows } = await db.query<AgentRow>(
    `SELECT ${agentColumns('$2')} FROM agent a WHERE a.id = ANY($1::integer[]) AND a.status <> 'system'`,
    [[...ids], now],
  );
  return rows;
}

export async function addressesOf(db: Queryable, agents: readonly number[]): Promise<AddressRow[]> {
  const { rows } = await db.query<Omit<AddressRow, 'kind'> & { stored: string | null }>(
    `SELECT id, agent_id AS "agentId", scheme, value, kind AS stored FROM agent_address
     WHERE agent_id = ANY($1::integer[]) ORDER BY agent_id, id`,
    [[...agents]],
  );
  return rows.map(({ stored, ...row }) => ({ ...row, kind: kindOf(row.scheme, stored) }));
}

export async function findAddress(db: Queryable, scheme: Scheme, value: string): Promise<AddressRow | null> {
  const { rows } = await db.query<Omit<AddressRow, 'kind'> & { stored: string | null }>(
    `SELECT id, agent_id AS "agentId", scheme, value, kind AS stored FROM agent_address WHERE scheme = $1 AND value = $2`,
    [scheme, value],
  );
  const [row] = rows;
  if (row === undefined) return null;
  const { stored, ...found } = row;
  return { ...found, kind: kindOf(row.scheme, stored) };
}

export interface NewAddress {
  agentId: number;
  kind: AddressKind;
  scheme: Scheme;
  value: string;
}

/** Points addresses at agents, new ones and those of others alike. */
export async function putAddresses(tx: Queryable, addresses: readonly NewAddress[]): Promise<void> {
  if (addresses.length === 0) return;
  await tx.query(
    `INSERT INTO agent_address (scheme, value, agent_id, kind)
     SELECT * FROM unnest($1::text[], $2::text[], $3::integer[], $4::text[])
     ON CONFLICT (scheme, value) DO UPDATE SET agent_id = excluded.agent_id, kind = coalesce(excluded.kind, agent_address.kind)`,
    [
      addresses.map((address) => address.scheme),
      addresses.map((address) => address.value),
      addresses.map((address) => address.agentId),
      addresses.map((address) => storedKind(address.kind)),
    ],
  );
}

export async function membershipsOf(db: Queryable, agents: readonly number[]): Promise<MembershipRow[]> {
  const { rows } = await db.query<MembershipRow>(
    `SELECT m.agent_id AS "agentId", (extract(epoch FROM m.valid_from) * 1000)::float8 AS "validFrom",
       m.team_id AS "teamId", t.name AS "teamName"
     FROM team_membership m JOIN team t ON t.id = m.team_id
     WHERE m.agent_id = ANY($1::integer[]) ORDER BY m.agent_id, m.valid_from`,
    [[...agents]],
  );
  return rows;
}

export interface NewMembership {
  agentId: number;
  teamId: number;
  /** Epoch ms; null from the beginning. */
  validFrom: number | null;
}

/** One at the same instant is replaced. */
export async function putMemberships(tx: Queryable, memberships: readonly NewMembership[]): Promise<void> {
  if (memberships.length === 0) return;
  await tx.query(
    `INSERT INTO team_membership (agent_id, valid_from, team_id)
     SELECT u.agent, coalesce(to_timestamp(u.valid / 1000), '-infinity'), u.team
     FROM unnest($1::integer[], $2::float8[], $3::integer[]) AS u(agent, valid, team)
     ON CONFLICT (agent_id, valid_from) DO UPDATE SET team_id = excluded.team_id`,
    [
      memberships.map((row) => row.agentId),
      memberships.map((row) => row.validFrom),
      memberships.map((row) => row.teamId),
    ],
  );
}

export async function deleteMembership(tx: Queryable, agent: number, validFrom: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    'DELETE FROM team_membership WHERE agent_id = $1 AND valid_from = to_timestamp($2::float8 / 1000)',
    [agent, validFrom],
  );
  return rowCount === 1;
}

export interface AgentFields {
  name: string;
  status: AgentStatus;
  display: AgentDisplay;
  employedFrom: string | null;
  employedUntil: string | null;
}

/** Returns the ids in the order of the list. */
export async function insertAgents(tx: Queryable, agents: readonly AgentFields[]): Promise<number[]> {
  if (agents.length === 0) return [];
  const { rows } = await tx.query<{ id: number }>(
    `WITH numbered AS (
       SELECT nextval(pg_get_serial_sequence('agent', 'id'))::integer AS id, x.*
       FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS (name text, status text, display text, "employedFrom" date,
         "employedUntil" date)) WITH ORDINALITY AS x(name, status, display, "employedFrom", "employedUntil", n)
     ), made AS (
       INSERT INTO agent (id, name, status, display, employed_from, employed_until)
       SELECT id, name, status, display, "employedFrom", "employedUntil" FROM numbered
     )
     SELECT id FROM numbered ORDER BY n`,
    [JSON.stringify(agents)],
  );
  return rows.map((row) => row.id);
}

export async function updateAgents(tx: Queryable, agents: readonly (AgentFields & { id: number })[]): Promise<void> {
  if (agents.length === 0) return;
  await tx.query(
    `UPDATE agent a SET name = x.name, status = x.status, display = x.display, employed_from = x."employedFrom",
       employed_until = x."employedUntil"
     FROM jsonb_to_recordset($1::jsonb) AS x(id integer, name text, status text, display text, "employedFrom" date,
       "employedUntil" date)
     WHERE a.id = x.id`,
    [JSON.stringify(agents)],
  );
}

/** Calls an agent owns. Uses call_agent. */
export async function callsOf(
  db: Queryable,
  agents: readonly number[],
): Promise<Map<number, { count: number; firstAt: Date | null; lastAt: Date | null }>> {
  const { rows } = await db.query<{ agent: number; count: number; firstAt: Date; lastAt: Date }>(
    `SELECT agent_id AS agent, count(*)::integer AS count, min(started_at) AS "firstAt", max(started_at) AS "lastAt"
     FROM call WHERE agent_id = ANY($1::integer[]) GROUP BY agent_id`,
    [[...agents]],
  );
  return new Map(rows.map(({ agent, ...calls }) => [agent, calls]));
}
