/**
 * Proves: the filters of reports offer every campaign to who sees the organisation, to a supervisor those their team has
 * counted for, and to somebody who has called for none nothing; own numbers come with their campaign, masked.
 */
import type { ReportChoices } from '../../src/shared/report-choices.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { callback, postSigned, softphoneCall } from '../support/twilio.js';
import { keyHolder, makeAgent, makeTeam, makeUser } from './boards-world.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.close());

it('campaigns by scope, with their own numbers masked', async () => {
  const key = keyHolder(server.url);
  const make = async (name: string) =>
    (await key.call<{ result: { id: number } }>('POST', '/campaigns', { key: name })).body.result.id;
  const [autumn, winter] = [await make('autumn'), await make('winter')];
  const number = await key.call('POST', `/campaigns/${autumn}/numbers`, { number: '+8610 5555 0101' });
  expect(number.status).toBe(200);
  const team = await makeTeam(server.url, 'Callers');
  await makeAgent(server.url, 'ann', { name: 'Ann', teamId: team });
  for (const event of softphoneCall('one', 'ann', Date.now() - 600_000, 30)) {
    const { status } = await postSigned(server.url, '/webhooks/twilio/voice?campaign=autumn', callback(event));
    expect(status).toBeLessThan(300);
  }
  await server.folded();
  const lead = await makeUser(server, 'lead@example.com', { role: 'supervisor', teams: [team] });
  const idle = await makeUser(server, 'idle@example.com', { role: 'agent' });
  const choices = async (who: typeof key) => (await who.call<ReportChoices>('GET', '/reports/choices')).body;

  const all = await choices(key);
  expect(all.campaigns).toEqual(
    expect.arrayContaining([
      { id: autumn, name: 'autumn' },
      { id: winter, name: 'winter' },
    ]),
  );
  expect(all.campaigns.some(({ id }) => id === 0)).toBe(false);
  expect(all.callerNumbers).toMatchObject([{ campaignId: autumn, number: expect.stringContaining('****') }]);
  expect(await choices(lead)).toEqual({
    campaigns: [{ id: autumn, name: 'autumn' }],
    callerNumbers: all.callerNumbers,
  });
  expect(await choices(idle)).toEqual({ campaigns: [], callerNumbers: [] });
});
