/** What neither the compiler nor the linter can say about our sources. Returns one line for each breach. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

const MOST_LINES = 400;

const RULES = [
  {
    pattern: /\bprocess\.env\b/,
    allowed: /^src\/platform\/config\//,
    why: 'the environment is read in src/platform/config only',
  },
  {
    pattern: /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.now\(|\bTemporal\.Now\b/,
    allowed: /^src\/platform\/clock\//,
    why: 'the clock and randomness come from src/platform/clock only: without that there is no simulation',
  },
  { pattern: /\b(TODO|FIXME|XXX)\b/, allowed: /^$/, why: 'open ends belong into an issue' },
  { pattern: /@ts-(ignore|nocheck|expect-error)/, allowed: /^test\//, why: 'the compiler is not to be silenced' },
];

export function sourceBreaches() {
  const files = ['src', 'test'].flatMap((folder) => sources(folder));
  return files.flatMap((file) => {
    const lines = readFileSync(join(root, file), 'utf8').split('\n');
    const long =
      lines.length - 1 > MOST_LINES ? [`${file}: ${lines.length - 1} lines, ${MOST_LINES} is the limit`] : [];
    return [...long, ...breachesIn(file, lines)];
  });
}

function breachesIn(file, lines) {
  const rules = RULES.filter(
    (rule) => !rule.allowed.test(file) && (file.startsWith('src/') || rule.why.startsWith('open')),
  );
  return lines.flatMap((line, index) =>
    rules.filter((rule) => rule.pattern.test(line)).map((rule) => `${file}:${index + 1}: ${rule.why}`),
  );
}

function sources(folder) {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((name) => /\.(ts|tsx|mts)$/.test(name));
}
