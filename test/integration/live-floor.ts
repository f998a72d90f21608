/** A floor that makes calls over signed webhooks, and the figures a screen should show of them, as the API tells them. */
import type { BoardMeta } from '../../src/shared/live.js';
import { eventually } from '../support/index.js';
import type { TestServer } from '../support/server.js';
import { callback, postSigned } from '../support/twilio.js';
import { fromScreen, OF_TIME, type Screen } from './live-client.js';

export interface Dialled {
  agent: string;
  /** Seconds from the answer to the end; null = not answered, undefined = still talking. */
  talk?: number | null;
}

export class Floor {
  private calls = 0;

  constructor(
    private readonly server: TestServer,
    private readonly now: () => number,
  ) {}

  /** A call as Twilio reports it, both legs, over HTTP. */
  async dial({ agent, talk }: Dialled, url = this.server.url): Promise<void> {
    const name = `call${++this.calls}`;
    const [root, customer] = [`${name}a`, `${name}b`];
    const at = this.now() - 20_000;
    const own = { leg: root, direction: 'outbound-api', from: '+8613800000901', to: `client:${agent}` };
    const leg = {
      leg: customer,
      parent: root,
      direction: 'outbound-dial',
      from: '+8613800000901',
      to: `+86138000${10_000 + this.calls}`,
    };
    const end =
      talk === null
        ? { ...leg, status: 'no-answer', at: at + 9_000 }
        : { ...leg, status: 'completed', at: at + 5_000 + (talk ?? 0) * 1_000, duration: talk ?? 0 };
    const reports = [
      { ...own, status: 'in-progress', at },
      { ...leg, status: 'initiated', at: at + 1_000 },
      { ...leg, status: 'ringing', at: at + 2_000 },
      ...(talk === null ? [] : [{ ...leg, status: 'in-progress', at: at + 5_000 }]),
      ...(talk === undefined ? [] : [end, { ...own, status: 'completed', at: end.at + 1_000, duration: 9 }]),
    ];
    for (const report of reports) {
      const answer = await postSigned(url, '/webhooks/twilio/voice', callback(report));
      expect(answer.status).toBeLessThan(300);
    }
  }

  /** Waits for the fold, and until the screen shows what the API says of these teams (null: of all). */
  async sameAsApi(screen: Screen, teams: readonly number[] | null = null): Promise<void> {
    await this.server.folded();
    // A board sends at most ten times a second: the last change may still be on its way.
    await eventually(
      async () => {
        expect(fromScreen(screen)).toEqual(await this.fromApi(screen, teams));
        return true;
      },
      { what: 'the board to equal the API' },
    );
  }

  /** The same for the figures alone, for screens that keep names back. */
  async sameAsApiTotals(screen: Screen, teams: readonly number[] | null = null): Promise<void> {
    await this.server.folded();
    await eventually(
      async () => {
        const [shown, told] = [fromScreen(screen), await this.fromApi(screen, teams)] as { totals: unknown }[];
        expect(shown?.totals).toEqual(told?.totals);
        return true;
      },
      { what: 'the figures to equal the API' },
    );
  }

  private async fromApi(screen: Screen, teams: readonly number[] | null): Promise<unknown> {
    const { businessDate } = screen.state.meta as BoardMeta;
    const next = new Date(Date.parse(businessDate) + 86_400_000).toISOString().slice(0, 10);
    const range = `from=${businessDate}&to=${next}${teams === null ? '' : `&team=${teams.join(',')}`}`;
    const ids = Object.keys(screen.state).flatMap((key) =>
      key.startsWith('kpi:') && !OF_TIME.has(key.slice(4)) ? [key.slice(4)] : [],
    );
    const report = (query: string) => this.server.kpis(`${range}&${query}`);
    const { totals } = await report(`kpis=${ids.join(',')}`);
    const agents = await report(
      'groupBy=agent&kpis=dials,connects,effective,talk_total_s,inbound_answered,connect_rate',
    );
    const hours = await report('groupBy=hour&kpis=dials,connects,effective,talk_s');
    return {
      totals,
      agents: Object.fromEntries(
        agents.rows
          .filter(
            ({ key, values }) => key !== '0' && (values.dials as number) + (values.inbound_answered as number) > 0,
          )
          .map(({ label, values }) => [label, values]),
      ),
      hours: Object.fromEntries(
        hours.rows
          .filter(({ values }) => values.dials !== 0)
          .map(({ key, values }) => [new Date(key).getTime(), values]),
      ),
    };
  }
}
