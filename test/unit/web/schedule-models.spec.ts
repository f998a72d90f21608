/** Proves how often the history of a schedule is asked for: soon while something is under way, now and then while a try is waited for. */
import { expect, test } from '@jest/globals';
import type { DeliveryView, Retry, RunView } from '../../../src/shared/schedules.js';
import { lookAgainMs } from '../../../web/src/schedules/look-again.js';

const RETRY: Retry = { attempt: 2, of: 6, at: '2026-11-23T06:32:00.000Z' };

const delivery = (more: Partial<DeliveryView>): DeliveryView => ({
  id: '1',
  destination: { id: 1, kind: 'wecom', to: null, host: 'example.com', signed: false, link: true, file: false },
  state: 'sent',
  attempts: 1,
  nextAttempt: null,
  retry: null,
  sentAt: null,
  textOnly: false,
  maybeTwice: false,
  error: null,
  ...more,
});
const run = (more: Partial<RunView>): RunView => ({
  id: '1',
  due: '2026-11-23T00:30:00.000Z',
  kind: 'on_time',
  missed: 0,
  state: 'made',
  retry: null,
  error: null,
  file: null,
  deliveries: [delivery({})],
  ...more,
});

test('everything has ended: not at all', () => {
  expect(lookAgainMs([])).toBe(false);
  expect(lookAgainMs([run({}), run({ deliveries: [delivery({ state: 'failed' })] })])).toBe(false);
  expect(lookAgainMs([run({ state: 'failed', deliveries: [delivery({ state: 'failed', attempts: 0 })] })])).toBe(false);
});

test('to be made, being made, to be sent, being sent: every 3 s, whatever else waits', () => {
  const waits = delivery({ state: 'waiting', retry: RETRY });
  for (const one of [
    run({ state: 'waiting', deliveries: [delivery({ state: 'waiting', attempts: 0 })] }),
    run({ state: 'making', deliveries: [delivery({ state: 'waiting', attempts: 0 })] }),
    run({ deliveries: [waits, delivery({ state: 'waiting', attempts: 0 })] }),
    run({ deliveries: [waits, delivery({ state: 'sending' })] }),
  ]) {
    expect(lookAgainMs([run({}), one])).toBe(3_000);
  }
});

test('only a try to come, of the sending or of the making: every 15 s', () => {
  expect(lookAgainMs([run({}), run({ deliveries: [delivery({ state: 'waiting', retry: RETRY })] })])).toBe(15_000);
  const unsent = delivery({ state: 'waiting', attempts: 0 });
  expect(lookAgainMs([run({ state: 'waiting', retry: RETRY, deliveries: [unsent] })])).toBe(15_000);
});
