/** Layouts, people and teams of the proofs of boards. */

import type { NewUser } from '../../src/shared/accounts.js';
import type { KpiDefinitionView } from '../../src/shared/api.js';
import type { BoardCreate, BoardTile, BoardView } from '../../src/shared/boards.js';
import { NO_CELEBRATION } from '../../src/shared/boards.js';
import type { AgentCreate, Changed } from '../../src/shared/organisation.js';
import { API_KEY, type TestServer } from '../support/server.js';
import { Person, passwordOf } from './access-people.js';

/** The bootstrap key as a caller of the API. */
export const keyHolder = (url: string): Person => new Person(url, { authorization: `Bearer ${API_KEY}` });

export const figure = (id: string, kpi: string, more: Partial<BoardTile> = {}): BoardTile =>
  ({
    id,
    kind: 'figure',
    x: 0,
    y: 0,
    w: 8,
    h: 5,
    title: null,
    options: { kpi, usual: true, target: null },
    ...more,
  }) as BoardTile;
export const floorTile: BoardTile = {
  id: 'floor',
  kind: 'floor',
  x: 0,
  y: 20,
  w: 24,
  h: 6,
  title: null,
  options: {},
};
export const leaders: BoardTile = {
  id: 'leaders',
  kind: 'leaderboard',
  x: 36,
  y: 0,
  w: 12,
  h: 12,
  title: null,
  options: { kpi: 'talk_total_s', second: 'dials', top: 5 },
};

/** A board with one page of two figures, a leaderboard and a floor strip. */
export function layout(id: string, more: Partial<BoardCreate> = {}): BoardCreate {
  return {
    id,
    name: `Board ${id}`,
    teams: null,
    audience: 'scope',
    theme: 'dark',
    trendColours: 'organisation',
    names: 'names',
    language: 'auto',
    rotationSeconds: 0,
    celebrate: NO_CELEBRATION,
    pages: [{ id: 'one', tiles: [figure('a', 'dials'), figure('b', 'connect_rate', { x: 8 }), leaders, floorTile] }],
    ...more,
  };
}

/** Evaluated by targets and ownership: no board can count them. */
const ELSEWHERE = new Set(['attainment', 'pace', 'touch_rate']);

/** Pages with a figure for every KPI that is available and no count of distinct customers. */
export async function everyKpi(url: string): Promise<BoardCreate['pages']> {
  const { body } = await keyHolder(url).call<KpiDefinitionView[]>('GET', '/kpis/catalog');
  const ids = body.flatMap(({ id, available }) =>
    available && !id.includes('customer') && !ELSEWHERE.has(id) ? [id] : [],
  );
  const perPage = 12;
  return Array.from({ length: Math.ceil(ids.length / perPage) }, (_, page) => ({
    id: `page-${page}`,
    tiles: [
      ...(page === 0 ? [leaders, floorTile] : []),
      ...ids
        .slice(page * perPage, (page + 1) * perPage)
        .map((kpi, place) => figure(`kpi-${page}-${place}`, kpi, { x: (place % 4) * 8, y: Math.floor(place / 4) * 5 })),
    ],
  }));
}

export async function makeBoard(url: string, board: BoardCreate): Promise<BoardView> {
  return made(await keyHolder(url).call<BoardView>('POST', '/boards', board));
}

export async function makeTeam(url: string, name: string, parentId: number | null = null, siteId = 1): Promise<number> {
  const answer = await keyHolder(url).call<Changed<{ id: number }>>('POST', '/teams', { name, siteId, parentId });
  return made(answer).result.id;
}

/** An agent who calls as `client:<identity>`. */
export async function makeAgent(
  url: string,
  identity: string,
  more: Pick<AgentCreate, 'name' | 'teamId'> & Partial<AgentCreate>,
): Promise<number> {
  const addresses = [{ kind: 'client' as const, value: identity }];
  const answer = await keyHolder(url).call<Changed<{ id: number }>>('POST', '/agents', { ...more, addresses });
  return made(answer).result.id;
}

/** Somebody who has accepted an invitation and is signed in. */
export async function makeUser(
  { url }: Pick<TestServer, 'url'>,
  email: string,
  rights: { role: string; teams?: number[]; agentId?: number },
): Promise<Person & { id: number }> {
  const { user, link } = made(await keyHolder(url).call<NewUser>('POST', '/users', { email, name: email, ...rights }));
  const person = new Person(url, { origin: url });
  const password = passwordOf('wall');
  await person.call('POST', '/links/redeem', { token: link.token, password });
  await person.signIn(email, password);
  return Object.assign(person, { id: user.id });
}

function made<T>({ status, body }: { status: number; body: T }): T {
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}
