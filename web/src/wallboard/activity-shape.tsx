import type { AgentActivity } from '../../../src/shared/live.js';

/** An activity as a shape, so that colour is never the only signal: full disc, ring with a dot, ring, dash. */
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
      {activity === 'idle' && <circle cx="6" cy="6" r="4.5" fill="none" stroke="currentColor" strokeWidth="1.5" />}
      {activity === 'absent' && <path d="M2 6h8" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />}
    </svg>
  );
}
