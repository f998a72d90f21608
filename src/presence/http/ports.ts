/** What the HTTP side of agent states needs from above, wired by the composition. */
import type { SettingsSnapshot } from '../../organisation/index.js';
import type { StateBody } from '../own-events.js';

/** The settings as they are now. */
export type CurrentSettings = () => Promise<SettingsSnapshot>;
export const CURRENT_SETTINGS = Symbol('CurrentSettings');

/** Resolves once what somebody said is durable. */
export type SayState = (body: StateBody) => Promise<void>;
export const SAY_STATE = Symbol('SayState');
