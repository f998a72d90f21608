/** Query keys of paired screens. */
export const SCREENS_KEY = ['screens'];
