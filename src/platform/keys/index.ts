export { createKeyFile, readKeyFile } from './key-file.js';
export { type KeyPurpose, Keys } from './keys.js';
export { openKeys } from './open-keys.js';
export { DayKey, RawKeys } from './raw-keys.js';
