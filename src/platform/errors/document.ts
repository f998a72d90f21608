import { ERROR_CATALOGUE, type ErrorDefinition } from './catalogue.js';

/** docs/errors.md, whole. */
export function renderErrorsDocument(): string {
  const rows = Object.entries<ErrorDefinition>(ERROR_CATALOGUE)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, definition]) => {
      const fix = definition.fix ? `<br>*${cell(definition.fix.en)}*` : '';
      const fixZh = definition.fix ? `<br>*${cell(definition.fix.zh)}*` : '';
      return `| \`${code}\` | ${definition.status} | ${cell(definition.en)}${fix} | ${cell(definition.zh)}${fixZh} |`;
    });
  return [
    '# Errors',
    '',
    'Generated from `src/platform/errors/` by `npm run docs`; do not edit.',
    '',
    'Every refused request answers `{"error": {"code", "message": {"en", "zh"}, "field"?, "fix"?}}`.',
    'A code never changes its meaning.',
    '',
    '| code | HTTP | English | 中文 |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
