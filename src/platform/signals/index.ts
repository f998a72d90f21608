export { type Signal, Signals } from './signals.js';
