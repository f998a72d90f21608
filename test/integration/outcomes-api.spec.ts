/**
 * Proves over HTTP: outcomes are taken as a whole or not at all, once however often they are sent, and only by whom they
 * concern; a figure opens to exactly its outcomes; who said what stays readable, and is in the audit log without names.
 */
import type { AuditPage } from '../../src/shared/audit.js';
import type {
  OutcomeChoices,
  OutcomeDetail,
  OutcomeImport,
  OutcomePage,
  OutcomeReply,
} from '../../src/shared/outcomes.js';
import { PEOPLE, World } from './matrix-world.js';
import { type Client, clientOf } from './organisation-client.js';

let world: World;
let key: Client;
let agent: Client;
let supervisor: Client;
const CUSTOMER = '+8613800001111';

beforeAll(async () => {
  world = await World.build();
  key = clientOf(world.server.url);
  agent = clientOf(world.server.url, (await world.session(world.users.agent)).headers);
  supervisor = clientOf(world.server.url, (await world.session(world.users.supervisor)).headers);
});
afterAll(() => world.server.close());

const page = async (query = '', as = key): Promise<OutcomePage['outcomes']> => {
  await world.server.folded();
  const reply = await as.get<OutcomePage>(`/outcomes${query}`);
  expect(reply.status).toBe(200);
  return reply.body.outcomes;
};
const total = async (measure: string): Promise<unknown> =>
  (await world.server.kpis(`kpis=${measure}&from=2026-05-05&to=2026-05-06`)).totals[measure];

describe('entering', () => {
  test('an agent says how their call went: one outcome, theirs, with its name in both languages', async () => {
    const input = { externalId: 'first', call: world.calls.ann, disposition: 'interested', note: 'wants the leaflet' };
    const reply = await agent.post<OutcomeReply[]>('/outcomes', input);
    expect([reply.status, reply.body]).toEqual([200, [{ externalId: 'first', result: 'accepted' }]]);
    expect((await agent.post<OutcomeReply[]>('/outcomes', input)).body).toEqual([
      { externalId: 'first', result: 'duplicate' },
    ]);
    const [outcome, ...others] = await page(`?call=${world.calls.ann}`, agent);
    expect(others).toEqual([]);
    expect(outcome).toMatchObject({
      externalId: 'first',
      agent: { id: world.agents.ann, name: PEOPLE.ann.name },
      callId: world.calls.ann,
      customer: '138****1111',
      disposition: { key: 'interested', name: { en: 'Interested', zh: '有意向' }, flags: ['human', 'contact'] },
      note: 'wants the leaflet',
      sale: null,
      cancelled: false,
      problems: [],
    });
    expect(await total('contacts')).toBe(1);
  });

  test('what is wrong with one of many is named with its place, and none is taken', async () => {
    const good = { externalId: 'good', customer: CUSTOMER, disposition: 'no_use' };
    const wrong: [object, string][] = [
      [{ ...good, disposition: 'nonsense' }, 'disposition_unknown 1.disposition'],
      [{ ...good, disposition: 'sale' }, 'outcome_field_missing 1.sale'],
      [{ ...good, disposition: 'callback' }, 'outcome_field_missing 1.callbackAt'],
      [{ ...good, sale: { amountMinor: 1 } }, 'outcome_sale_contradicts 1.sale'],
      [{ ...good, disposition: 'sale', sale: { amountMinor: -1 } }, 'request_invalid 1.sale.amountMinor'],
      [
        { ...good, disposition: 'sale', sale: { amountMinor: 1, currency: 'EUR' }, campaign: 'default' },
        'outcome_currency_differs 1.sale.currency',
      ],
      [{ ...good, campaign: 'nowhere' }, 'campaign_unknown 1.campaign'],
      [{ ...good, agentId: 999_999 }, 'outcome_agent_unknown 1.agentId'],
      [{ ...good, customer: 'somebody' }, 'number_unreadable 1.customer'],
      [{ ...good, at: '2027-01-01T00:00:00Z' }, 'outcome_time_ahead 1.at'],
      [{ externalId: 'good', customer: CUSTOMER }, 'outcome_nothing_said 1.disposition'],
      [{ ...good, colour: 'red' }, 'request_invalid 1.colour'],
    ];
    for (const [outcome, error] of wrong) {
      const reply = await key.post('/outcomes', [good, outcome]);
      expect([reply.status, reply.error]).toEqual([400, error]);
    }
    expect((await key.post('/outcomes', [])).error).toBe('outcomes_too_many');
    expect((await key.post('/outcomes', { ...good, disposition: 'nonsense' })).error).toBe(
      'disposition_unknown disposition',
    );
    expect((await page()).map(({ externalId }) => externalId)).toEqual(['first']);
  });

  test('nobody speaks for others: an agent for themself, a supervisor for their teams', async () => {
    const say = (as: Client, more: object) =>
      as.post('/outcomes', { externalId: 'scope', disposition: 'no_use', ...more });
    expect((await say(agent, { call: world.calls.cy })).error).toBe('outcome_not_yours call');
    expect((await say(agent, { call: world.calls.ann, agentId: world.agents.bo })).error).toBe(
      'outcome_not_yours agentId',
    );
    expect((await say(agent, { call: world.calls.ann, agent: 'bo' })).error).toBe('outcome_not_yours agent');
    expect((await say(supervisor, { call: world.calls.cy })).error).toBe('outcome_not_yours call');
    expect((await say(supervisor, { customer: CUSTOMER })).error).toBe('outcome_not_yours agentId');
    expect((await say(supervisor, { customer: CUSTOMER, agentId: world.agents.cy })).error).toBe(
      'outcome_not_yours agentId',
    );
    expect((await say(supervisor, { call: world.calls.bo })).status).toBe(200);
    const seen = async (as: Client) => (await page('', as)).map(({ agent: who }) => who?.name);
    expect(await seen(agent)).toEqual([PEOPLE.ann.name]);
    expect((await seen(supervisor)).sort()).toEqual([PEOPLE.ann.name, PEOPLE.bo.name]);
    expect((await agent.get(`/outcomes?agent=${world.agents.bo}`)).error).toBe('outside_scope agent');
  });
});

describe('a sale', () => {
  test('is entered, corrected and taken back; the figures follow, and who did it stays readable', async () => {
    const sale = {
      amountMinor: 129_900,
      shares: [
        { agentId: world.agents.ann, share: 2 },
        { agentId: world.agents.cy, share: 1 },
      ],
    };
    await key.post('/outcomes', { externalId: 'crm-1', version: 1, call: world.calls.ann, disposition: 'sale', sale });
    expect((await page('?measure=sales')).map(({ externalId }) => externalId)).toEqual(['crm-1']);
    expect(await total('sales')).toBe(1);
    expect(await total('revenue')).toEqual({ amountMinor: 129_900, currency: 'CNY' });
    // Whoever has a part of it finds it under their own revenue, and nobody else.
    const revenueOf = async (who: 'ann' | 'bo' | 'cy') =>
      (await page(`?measure=revenue&agent=${world.agents[who]}&from=2026-05-05&to=2026-05-06`)).length;
    expect([await revenueOf('ann'), await revenueOf('bo'), await revenueOf('cy')]).toEqual([1, 0, 1]);

    const [{ id = '' } = {}] = await page('?measure=sales');
    const path = `/outcomes/${encodeURIComponent(id)}`;
    expect((await agent.patch(path, { sale: { amountMinor: 100_000 } })).status).toBe(200);
    await world.server.folded();
    expect(await total('revenue')).toEqual({ amountMinor: 100_000, currency: 'CNY' });
    expect((await supervisor.patch(path, { cancelled: true })).status).toBe(200);
    expect((await page('?measure=sales')).length).toBe(0);
    expect(await total('sales')).toBe(0);

    const detail = (await key.get<OutcomeDetail>(path)).body;
    expect(detail.cancelled).toBe(true);
    expect(detail.sale?.amountMinor).toBe(100_000);
    expect(detail.contribution).toEqual({});
    expect(detail.entries.map(({ version, by }) => [version, by?.name])).toEqual([
      [1, null],
      [2, 'The agent'],
      [3, 'The supervisor'],
    ]);
    expect(detail.source).toBe('key:bootstrap');
  });

  test('of somebody else is not found, and cannot be corrected', async () => {
    await key.post('/outcomes', {
      externalId: 'of-cy',
      call: world.calls.cy,
      disposition: 'sale',
      sale: { amountMinor: 5 },
    });
    const [{ id = '' } = {}] = await page('?measure=sales');
    const path = `/outcomes/${encodeURIComponent(id)}`;
    for (const as of [agent, supervisor]) {
      expect((await as.get(path)).error).toBe('not_found');
      expect((await as.patch(path, { cancelled: true })).error).toBe('not_found');
    }
    expect((await agent.get('/outcomes/me%7Cnothing')).error).toBe('not_found');
    await key.patch(path, { cancelled: true });
  });

  test('is seen by whoever has a part of it, and changed only by whose it is', async () => {
    const shares = [world.agents.cy, world.agents.ann].map((agentId) => ({ agentId, share: 1 }));
    const sale = { amountMinor: 10, shares };
    await key.post('/outcomes', { externalId: 'shared', call: world.calls.cy, disposition: 'sale', sale });
    const [{ id = '' } = {}] = await page('?measure=sales');
    const path = `/outcomes/${encodeURIComponent(id)}`;
    const mine = { sale: { amountMinor: 10, shares: [{ agentId: world.agents.ann, share: 1 }] } };
    for (const as of [agent, supervisor]) {
      expect((await as.get(path)).status).toBe(200);
      expect((await as.patch(path, mine)).error).toBe('outcome_not_yours externalId');
    }
    await key.patch(path, { cancelled: true });
  });

  test('is in the audit log by surrogate ids: no number, no note, no name', async () => {
    const reply = await key.get<AuditPage>('/audit?action=outcome');
    const { events } = reply.body;
    expect(events.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['outcome.entered', 'outcome.corrected', 'outcome.cancelled']),
    );
    expect(JSON.stringify(events.map(({ before, after, subject }) => [before, after, subject?.id]))).not.toMatch(
      /leaflet|138000|Anders|first|crm-1/,
    );
  });
});

test('a callback still to come is moved and dropped by who promised it, and its outcome stays one that can be corrected', async () => {
  const promise = { call: world.calls.ann, disposition: 'callback', callbackAt: '2026-05-05T08:00:00Z' };
  await agent.post('/outcomes', { externalId: 'soon', ...promise });
  const path = `/outcomes/${encodeURIComponent('me|soon')}`;
  for (const callbackAt of ['2026-05-05T09:00:00Z', null]) {
    await world.server.folded();
    expect((await agent.patch(path, { callbackAt })).error).toBe('');
  }
  await world.server.folded();
  expect((await agent.patch(path, { note: 'rang back by themself' })).error).toBe('');
  await world.server.folded();
  expect((await agent.get<OutcomeDetail>(path)).body.callbackAt).toBeNull();
  expect((await agent.patch(path, { disposition: 'callback' })).error).toBe('outcome_field_missing callbackAt');
});

test('a missed callback stays so for who promised it: no other time, no taking back; whoever leads them may correct it', async () => {
  const promise = {
    externalId: 'late',
    at: '2026-05-04T12:00:00Z',
    call: world.calls.ann,
    disposition: 'callback',
    callbackAt: '2026-05-04T20:00:00Z',
  };
  await agent.post('/outcomes', promise);
  await world.server.folded();
  const path = `/outcomes/${encodeURIComponent('me|late')}`;
  for (const more of [{ callbackAt: '2026-05-05T06:00:00Z' }, { callbackAt: null }, { at: '2026-05-04T10:00:00Z' }]) {
    expect((await agent.patch(path, more)).error).toBe('outcome_callback_missed callbackAt');
    expect((await agent.post('/outcomes', { ...promise, ...more })).error).toMatch(
      /^outcome_(callback_missed|field_missing)/,
    );
  }
  expect((await agent.patch(path, { cancelled: true })).error).toBe('outcome_callback_missed cancelled');
  expect((await agent.post<OutcomeReply[]>('/outcomes', promise)).body[0]?.result).toBe('duplicate');
  expect((await agent.patch(path, { note: 'was not there' })).status).toBe(200);
  expect((await supervisor.patch(path, { callbackAt: '2026-05-05T06:00:00Z' })).status).toBe(200);
});

describe('a file', () => {
  const FILE = `external_id,call,agent,disposition,amount,callback_at,note\nf-1,${'{call}'},,sale,"1,299.50",,by post\nf-2,,ann,callback,,2026-05-06T10:00:00+08:00,\n`;
  const file = () => FILE.replace('{call}', world.calls.ann);

  test('is checked line by line, then taken; the second time it changes nothing', async () => {
    const wrong = await key.csv<OutcomeImport>(
      '/outcomes/import?dryRun=true',
      `external_id,disposition,amount\nf-1,sale,\nf-2,nonsense,\nf-3,no_use,12.345\nf-4,no_use,\nf-4,no_use,\n`,
    );
    expect(wrong.body.errors.map(({ line, column, code }) => [line, column, code])).toEqual([
      [2, 'amount', 'outcome_field_missing'],
      [3, 'disposition', 'disposition_unknown'],
      [4, 'amount', 'request_invalid'],
      [6, 'external_id', 'import_row_repeated'],
    ]);
    expect([wrong.body.ok, wrong.body.rows, wrong.body.errorCount]).toEqual([false, 5, 4]);

    const counts = ({ ok, entered, corrected, unchanged }: OutcomeImport) => [ok, entered, corrected, unchanged];
    expect(counts((await key.csv<OutcomeImport>('/outcomes/import?dryRun=true', file())).body)).toEqual([
      true,
      2,
      0,
      null,
    ]);
    expect(await page('?measure=sales')).toEqual([]);
    expect(counts((await key.csv<OutcomeImport>('/outcomes/import', file())).body)).toEqual([true, 2, 0, 0]);
    expect((await page('?measure=sales')).map(({ sale }) => sale?.amountMinor)).toEqual([129_950]);
    expect(counts((await key.csv<OutcomeImport>('/outcomes/import', file())).body)).toEqual([true, 0, 0, 2]);
  });

  test('of somebody with a limited scope says which lines are not theirs', async () => {
    const { body } = await agent.csv<OutcomeImport>(
      '/outcomes/import',
      `external_id,call,disposition\ng-1,${world.calls.ann},no_use\ng-2,${world.calls.cy},no_use\n`,
    );
    expect(body.errors.map(({ line, column, code }) => [line, column, code])).toEqual([
      [3, 'call', 'outcome_not_yours'],
    ]);
    expect((await page()).some(({ externalId }) => externalId.startsWith('g-'))).toBe(false);
  });

  test('the template is one the import takes', async () => {
    const template = (await key.get<string>('/outcomes/template.csv')).body;
    const { body } = await key.csv<OutcomeImport>('/outcomes/import?dryRun=true', template);
    expect([body.ok, body.errors]).toEqual([true, []]);
  });
});

test('every figure of outcomes opens to as many outcomes as it counts, for the organisation and for each agent', async () => {
  const other = '+8613800005555';
  await key.post('/outcomes', [
    { externalId: 'd-1', call: world.calls.bo, disposition: 'complaint' },
    { externalId: 'd-2', call: world.calls.cy, disposition: 'refused' },
    { externalId: 'd-3', customer: other, agentId: world.agents.bo, disposition: 'sale', sale: { amountMinor: 100 } },
    { externalId: 'd-4', call: world.calls.cy, disposition: 'sale', sale: { amountMinor: 100 } },
  ]);
  await world.server.folded();
  const measures = ['sales', 'inbound_sales', 'other_sales', 'complaints', 'dnc', 'first_call_sales', 'callbacks_due'];
  const day = 'from=2026-05-05&to=2026-05-06';
  const report = await world.server.kpis(`groupBy=agent&kpis=${measures.join(',')}&${day}`);
  const opened = async (measure: string, more: string) =>
    (await page(`?limit=200&${day}&measure=${measure}${more}`)).length;
  for (const measure of measures) {
    expect([measure, await opened(measure, '')]).toEqual([measure, report.totals[measure]]);
    for (const { key: id, values } of report.rows) {
      expect([measure, id, await opened(measure, `&agent=${id}`)]).toEqual([measure, id, values[measure]]);
    }
  }
  expect(measures.filter((measure) => report.totals[measure] !== 0)).toEqual(
    expect.arrayContaining(['sales', 'other_sales', 'complaints', 'dnc']),
  );
  // What is sold in an hour is sold either way.
  for (const { key: id, values } of [...report.rows, { key: '', values: report.totals }]) {
    const sold = ['sales', 'inbound_sales', 'other_sales'].map((measure) => Number(values[measure]));
    const all = sold.reduce((sum, count) => sum + count, 0);
    expect([id, await opened('sales_per_hour', id && `&agent=${id}`)]).toEqual([id, all]);
  }
  expect(await opened('revenue_per_hour', '')).toBe(await opened('sales_per_hour', ''));
});

test('a form is told the dispositions and the currency of a campaign', async () => {
  const { body } = await agent.get<OutcomeChoices>('/dispositions/choices');
  expect(body.campaign).toEqual({ id: 1, name: 'default', currency: 'CNY' });
  expect(body.dispositions.map(({ key: one }) => one)).toEqual([
    'sale',
    'callback',
    'interested',
    'not_interested',
    'not_the_person',
    'refused',
    'complaint',
    'voicemail',
    'no_use',
  ]);
});
