/** Of requests: what is kept of reports. */
export const SAVED_KEY = ['reports', 'saved'] as const;
