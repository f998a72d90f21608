/** npm run docs: writes the generated pages. Tests hold each equal to its source. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './lib/build.mjs';
import { root } from './lib/run.mjs';

build({ only: ['server'] });

const PAGES = [
  { file: 'docs/configuration.md', from: 'platform/config/index.js', renderer: 'renderConfigurationDocument' },
  { file: 'docs/errors.md', from: 'platform/errors/index.js', renderer: 'renderErrorsDocument' },
  { file: 'docs/kpi.md', from: 'kpi/catalog/document.js', renderer: 'renderKpiDocument' },
];

mkdirSync(join(root, 'docs'), { recursive: true });
for (const { file, from, renderer } of PAGES) {
  const built = join(root, 'dist/server', from);
  const render = existsSync(built) ? (await import(built))[renderer] : undefined;
  if (render === undefined) {
    console.error(`${file}: nothing renders it`);
    process.exitCode = 1;
    continue;
  }
  writeFileSync(join(root, file), render());
  console.log(file);
}
