import { useLayoutEffect, useRef } from 'react';
import type { AgentActivity } from '../../../src/shared/live.js';
import { formatStopwatch, MISSING } from '../format/index.js';
import { freshnessOf, useBoardSource } from '../live/index.js';
import { useFloorMeta } from './floor-meta.js';
import { levelOf } from './floor-model.js';

/** Counts up every second; writes the text itself, because a render of every row each second would be a waste. */
export function TimeInState({ activity, since }: { activity: AgentActivity; since: number | null }) {
  const { ticker, connection } = useBoardSource();
  const thresholds = useFloorMeta()?.thresholds;
  const element = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const span = element.current;
    if (span === null) return;
    if (since === null) {
      span.textContent = MISSING;
      span.dataset.level = '0';
      return;
    }
    return ticker.add((now) => {
      // Nobody knows whether it is still so when the data is frozen: the time stops with it.
      const { asOf } = connection.state;
      const until = asOf !== null && freshnessOf(asOf, now) === 'frozen' ? asOf : now;
      span.textContent = formatStopwatch(until - since);
      span.dataset.level = String(levelOf(activity, until - since, thresholds));
    });
  }, [ticker, connection, activity, since, thresholds]);
  return <span ref={element} className="in-state" data-activity={activity} data-since={since ?? ''} />;
}
