export { browserNow } from './clock.js';
export { BoardConnection, type LinkPhase, type LinkState } from './connection.js';
export { type Freshness, freshnessOf, unusualSilence } from './freshness.js';
export type { BoardReader } from './store.js';
export { Ticker } from './ticker.js';
export {
  BoardContext,
  type BoardFeed,
  type BoardSource,
  useBoardDerived,
  useBoardKey,
  useBoardSource,
  useFreshness,
  useLink,
  useTicking,
} from './use-board.js';
export { useLiveScope } from './use-live-scope.js';
