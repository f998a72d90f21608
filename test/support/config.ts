import { type Config, loadConfig } from '../../src/platform/index.js';

/** A complete configuration for tests: nothing of the machine's environment, everything overridable. */
export function testConfig(overrides: Partial<Config> = {}): Config {
  return { ...loadConfig({ PORT: '0', LOG_LEVEL: 'fatal' }, { cwd: '/nonexistent' }), ...overrides };
}
