/** Checks of the files that cannot be run here: they must at least be well-formed and say what they should. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { validate } from 'dockerfile-utils';
import { parseAllDocuments } from 'yaml';
import { root } from './run.mjs';

const YAML = ['docker-compose.yml', '.github/workflows/ci.yml'];
const EXECUTABLE = ['bin/tallyboard.mjs', '.ci/run'];

export function textFileBreaches() {
  return [
    ...YAML.flatMap(yamlBreaches),
    ...dockerfileBreaches('Dockerfile'),
    ...EXECUTABLE.flatMap(executableBreaches),
  ];
}

function yamlBreaches(file) {
  const documents = parseAllDocuments(readFileSync(join(root, file), 'utf8'), { strict: true, uniqueKeys: true });
  return documents
    .flatMap((document) => [...document.errors, ...document.warnings])
    .map((error) => `${file}: ${error.message}`);
}

/** Syntax by the validator that editors use; besides, a pinned base and no root at the end. */
function dockerfileBreaches(file) {
  const text = readFileSync(join(root, file), 'utf8');
  const syntax = validate(text).map((problem) => `${file}:${problem.range.start.line + 1}: ${problem.message}`);
  const stages = new Set([...text.matchAll(/^FROM\s+\S+\s+AS\s+(\S+)/gim)].map((match) => match[1]));
  const bases = [...text.matchAll(/^FROM\s+(\S+)/gim)].map((match) => match[1]).filter((image) => !stages.has(image));
  const unpinned = bases.filter((image) => !/:[\w.-]*\d/.test(image));
  const user = [...text.matchAll(/^USER\s+(\S+)/gm)].at(-1)?.[1] ?? 'root';
  return [
    ...syntax,
    ...unpinned.map((image) => `${file}: base image without a version: ${image}`),
    ...(/^(root|0)\b/.test(user) ? [`${file}: must not run as root`] : []),
  ];
}

function executableBreaches(file) {
  if (process.platform === 'win32') return [];
  const path = join(root, file);
  if (!existsSync(path)) return [`${file}: missing`];
  return (statSync(path).mode & 0o111) === 0o111 ? [] : [`${file}: not executable`];
}
