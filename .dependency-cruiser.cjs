/**
 * Who may import whom (docs/architecture.md). A stage of the flow sees only what lies under it; what must go the other
 * way goes through a port that the composition (main, core, app.module) wires.
 */
const BELOW = {
  shared: [],
  platform: ['shared'],
  audit: ['platform'],
  access: ['audit'],
  organisation: ['access'],
  customers: ['organisation'],
  calls: ['customers'],
  presence: ['calls'],
  ingest: ['presence'],
  telephony: ['ingest'],
  kpi: ['presence'],
  targets: ['kpi'],
  comparison: ['targets'],
  live: ['comparison'],
  reports: ['comparison', 'ingest', 'outcomes'],
  me: ['outcomes'],
  floor: ['kpi'],
  outcomes: ['ingest', 'kpi'],
  oversight: ['access'],
  privacy: ['ingest', 'kpi'],
  retention: ['ingest', 'kpi'],
  simulator: ['platform'],
};

/** A folder may import the ones named and whatever those may import. */
function reachable(folder, seen = new Set()) {
  for (const next of BELOW[folder]) {
    if (!seen.has(next)) reachable(next, seen.add(next));
  }
  return seen;
}

const folders = Object.keys(BELOW);
const direction = folders.map((folder) => {
  const allowed = [folder, ...reachable(folder)];
  return {
    name: `${folder}-sees-only-what-lies-under-it`,
    severity: 'error',
    from: { path: `^src/${folder}/` },
    to: { path: '^(src|web)/', pathNot: `^src/(${allowed.join('|')})/` },
  };
});

module.exports = {
  forbidden: [
    ...direction,
    {
      name: 'across-folders-through-the-index',
      comment: 'Or through the index of a sub-folder, where a folder has several faces.',
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: { path: '^src/[^/]+/', pathNot: ['^src/$1/', '^src/shared/', '/index\\.ts$'] },
    },
    {
      name: 'composition-is-imported-by-the-command-line-only',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/[^/]+\\.ts$', '^src/cli/'] },
      to: { path: '^src/(cli/|[^/]+\\.ts$)' },
    },
    {
      name: 'web-sees-only-shared',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^src/', pathNot: '^src/shared/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'one-importer-of-charts-and-sockets',
      severity: 'error',
      from: { path: '^web/src/', pathNot: '^web/src/(charts|live)/' },
      to: { path: 'node_modules/(chart\\.js|socket\\.io-client)/' },
    },
    { name: 'nothing-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'product-does-not-need-development-packages',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json', '.css'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
