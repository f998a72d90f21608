export {
  type Config,
  type LoadOptions,
  loadConfig,
  processEnvironment,
  speaksChinese,
  startedByNpm,
} from './config.js';
export { claimDataDir } from './data-dir.js';
export { renderConfigurationDocument } from './document.js';
export { type Role, SETTINGS, type SettingName } from './settings.js';
