export {
  type Config,
  type LoadOptions,
  loadConfig,
  type OidcConfig,
  processEnvironment,
  speaksChinese,
  startedByNpm,
  zonesHere,
} from './config.js';
export { claimDataDir } from './data-dir.js';
export { renderConfigurationDocument } from './document.js';
export type { OidcRole } from './oidc-roles.js';
export { type Role, SETTINGS, type SettingName } from './settings.js';
