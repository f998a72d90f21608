import { useLayoutEffect, useRef } from 'react';
import { formatStopwatch } from '../format/index.js';
import { useBoardSource } from '../live/index.js';

/** Counts up by the server's clock; writes the text itself, because a render each second would be a waste. */
export function Elapsed({ since }: { since: number }) {
  const { ticker } = useBoardSource();
  const element = useRef<HTMLSpanElement>(null);
  useLayoutEffect(
    () =>
      ticker.add((now) => {
        if (element.current !== null) element.current.textContent = formatStopwatch(Math.max(0, now - since));
      }),
    [ticker, since],
  );
  return <span ref={element} className="state-switch__time" />;
}
