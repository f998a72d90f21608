/** What an organisation begins with, as migrations write it. */
import type { CallingHours } from '../../src/shared/calling-hours.js';

export const CALLING_HOURS_AT_FIRST: CallingHours = {
  weekdays: { startMinutes: 480, endMinutes: 1_260 },
  weekends: { startMinutes: 480, endMinutes: 1_260 },
};
