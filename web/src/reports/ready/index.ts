/** Ways into ready-made reports from other pages; the pages themselves are loaded by their routes. */
export { readyPath } from './address.js';
export { ScorecardLink } from './scorecard-link.js';
