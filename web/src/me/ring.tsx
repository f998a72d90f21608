import type { PaceTone } from './pace.js';

const RADIUS = 42;
const ROUND = 2 * Math.PI * RADIUS;

/** A ring that fills up, with a notch where it should be by now. What it shows is written beside it, too. */
export function Ring({ filled, expectedAt, tone }: { filled: number; expectedAt: number | null; tone: PaceTone }) {
  return (
    <svg className="ring" viewBox="0 0 100 100" aria-hidden="true" data-tone={tone}>
      <circle className="ring__track" cx="50" cy="50" r={RADIUS} />
      {filled > 0 && (
        <circle
          className="ring__fill"
          cx="50"
          cy="50"
          r={RADIUS}
          strokeDasharray={`${filled * ROUND} ${ROUND}`}
          transform="rotate(-90 50 50)"
        />
      )}
      {expectedAt !== null && (
        <line
          className="ring__notch"
          x1="50"
          x2="50"
          y1="1"
          y2="15"
          transform={`rotate(${Math.min(1, expectedAt) * 360} 50 50)`}
        />
      )}
    </svg>
  );
}
