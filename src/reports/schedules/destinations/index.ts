export { DESTINATION_SEAL } from './destination.js';
