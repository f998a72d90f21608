export { followKeys, KeyFollower } from './follow-keys.js';
export { createKeyFile, readKeyFile, writeKeyFile } from './key-file.js';
export { type BlindIndex, KeyFileBehindError, type KeyPurpose, Keys, sealedWith } from './keys.js';
export { openKeys } from './open-keys.js';
export { DayKey, RawKeys } from './raw-keys.js';
