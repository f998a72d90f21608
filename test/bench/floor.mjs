/** A floor as an organisation would set it up: a team, its agents, and people who sign in. */
import { eventOf, post } from './calls.mjs';
import { API_KEY, untilFolded } from './ingest.mjs';

export async function api(base, method, path, body) {
  const response = await fetch(`${base}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${API_KEY}`, 'x-tallyboard': '1', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return JSON.parse(text);
}

const made = async (base, path, body) => (await api(base, 'POST', path, body)).result.id;

/** Name of the i-th agent, on the phone too. */
export const agentName = (i) => `agent${String(i).padStart(3, '0')}`;

/** A team of so many agents, each with one whole call today: numbers 0 to `count` − 1. Answers the team and their ids. */
export async function makeFloor(server, count) {
  const base = `http://127.0.0.1:${server.port}`;
  const team = await made(base, '/teams', { name: 'North', siteId: 1, parentId: null });
  const agents = [];
  for (let i = 0; i < count; i++) {
    const name = agentName(i);
    agents.push(await made(base, '/agents', { name, teamId: team, addresses: [{ kind: 'client', value: name }] }));
  }
  for (let step = 0; step < 4; step++) {
    await Promise.all(agents.map((_, i) => post(server.port, eventOf(i, step, agentName(i)))));
  }
  await untilFolded(server.port);
  return { base, team, agents };
}

/** Somebody new with a session: `{role: 'supervisor', teams}` or `{role: 'agent', agentId}`. Answers what their cookie holds. */
export async function signIn(server, base, person, name) {
  const reply = await api(base, 'POST', '/users', { email: `${name}@example.com`, name, ...person });
  const { session } = await server.ask({ openSessionOf: reply.user.id });
  return session;
}
