import { SETTINGS, type Setting } from './settings.js';

/** docs/configuration.md, whole. */
export function renderConfigurationDocument(): string {
  const sections = (Object.entries(SETTINGS) as [string, Setting<unknown>][]).flatMap(([name, setting]) => [
    `## ${name}`,
    '',
    `${setting.description}${setting.secret ? ' A secret: never printed.' : ''}`,
    '',
    `- Default: ${setting.default ? `\`${setting.default}\`` : 'none'}`,
    `- Example: \`${name}=${setting.example}\``,
    '',
  ]);
  return [
    '# Configuration',
    '',
    'Generated from `src/platform/config/settings.ts` by `npm run docs`; do not edit.',
    '',
    'All settings are environment variables and all are optional. They are checked together at the start: a wrong',
    'value stops it with a line for each problem. An empty variable counts as unset.',
    '',
    ...sections,
  ].join('\n');
}
