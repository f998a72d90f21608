import type { Clock } from '../platform/index.js';
import { type DemoOptions, liveFloor } from './demo.js';
import { type PosterOptions, type PosterStats, SignedPoster } from './signed-poster.js';
import type { Disturbance } from './stream.js';

/** What a real network does to callbacks, roughly. */
export const USUAL_DISTURBANCE: Disturbance = { duplicates: 0.03, late: 0.02 };

export interface LiveDrive {
  demo: DemoOptions;
  /** Epoch milliseconds from which callbacks are posted: where `todaySoFar` ended, or now after a restart. */
  from: number;
  clock: Clock;
  poster: PosterOptions;
  disturbance?: Disturbance;
  /** Ends the drive; what is under way is finished first. */
  signal: AbortSignal;
}

/** Posts the demo's live floor over HTTP until told to stop. */
export async function driveLiveFloor(drive: LiveDrive): Promise<PosterStats> {
  const { demo, from, clock, signal, disturbance = USUAL_DISTURBANCE } = drive;
  const poster = new SignedPoster(drive.poster);
  try {
    for await (const callback of liveFloor({ ...demo, from, clock, signal, disturbance })) await poster.post(callback);
    await poster.drain();
  } finally {
    poster.close();
  }
  return poster.stats;
}
