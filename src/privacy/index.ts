export { EraseAgent } from './erase-agent.js';
export { EraseCustomer, type ErasureParts } from './erase-customer.js';
export { watchErasures } from './erasure-watch.js';
export { ParkedBodies } from './parked-bodies.js';
export { type PrivacyParts, privacyModule } from './privacy.module.js';
