import type { AgentActivity } from '../../../src/shared/live.js';

/**
 * An activity as a shape, so that colour is never the only signal: full disc (talking), half disc (dialing), square
 * (wrap-up), ring (free), two bars (paused), cross (offline), dash (no call yet).
 */
export function ActivityShape({ activity }: { activity: AgentActivity }) {
  return (
    <svg className="shape" data-activity={activity} viewBox="0 0 12 12" aria-hidden="true">
      {activity === 'talking' && <circle cx="6" cy="6" r="5.2" fill="currentColor" />}
      {activity === 'dialing' && (
        <>
          <circle cx="6" cy="6" r="4.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
          <path d="M6 1.5a4.5 4.5 0 0 1 0 9z" fill="currentColor" />
        </>
      )}
      {activity === 'wrap_up' && <rect x="1.6" y="1.6" width="8.8" height="8.8" rx="1.4" fill="currentColor" />}
      {activity === 'paused' && <path d="M3.6 1.8v8.4M8.4 1.8v8.4" stroke="currentColor" strokeWidth="2.4" />}
      {activity === 'offline' && (
        <path d="M2.8 2.8l6.4 6.4M9.2 2.8l-6.4 6.4" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
      )}
      {(activity === 'idle' || activity === 'available') && (
        <circle cx="6" cy="6" r="4.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
      )}
      {activity === 'absent' && <path d="M2 6h8" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />}
    </svg>
  );
}
