export { betaCdf, betaQuantile } from './beta.js';
export {
  type Counts,
  estimateRate,
  fitPeerGroup,
  INTERVAL_LEVEL,
  type PeerGroup,
  probabilityBelow,
  type RateEstimate,
} from './peers.js';
export { type GoodDirection, medianOf, ranksOf } from './rank.js';
