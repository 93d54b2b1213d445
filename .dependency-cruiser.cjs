/** Which folder may import which: the arrows of docs/architecture.md. */
const FOUNDATIONS = ['rules', 'manifest', 'yaml'];
const MAY_IMPORT = {
  rules: [],
  yaml: [],
  manifest: ['rules', 'yaml'],
  database: FOUNDATIONS,
  hub: ['database', ...FOUNDATIONS],
  orchestrator: ['hub', 'database', ...FOUNDATIONS],
  migration: ['database', ...FOUNDATIONS],
  stages: ['hub', 'orchestrator', 'migration', 'database', ...FOUNDATIONS],
};

const onlyTheirOwn = Object.entries(MAY_IMPORT).map(([folder, others]) => ({
  name: `${folder}-imports-${others.join('-') || 'nothing-else'}`,
  comment: 'Dependencies between the folders of lib/ point one way.',
  severity: 'error',
  from: { path: `^lib/${folder}/`, pathNot: '\\.test\\.ts$' },
  to: { path: '^lib/', pathNot: `^lib/(${[folder, ...others].join('|')})/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...onlyTheirOwn,
    {
      name: 'lib-stands-alone',
      comment: 'The library imports nothing of the project but its imports/.',
      severity: 'error',
      from: { path: '^lib/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(main|lab|cli|test|bench|scripts|examples)' },
    },
    {
      name: 'command-stands-alone',
      comment: 'The command reads YAML, whoever wrote it: it needs nothing of the constructs.',
      severity: 'error',
      from: { path: '^cli/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(main|lab|lib|imports|test|bench|scripts|examples)' },
    },
    {
      name: 'rollout-knows-no-command',
      comment: 'Commands and what they print stand above the rollout.',
      severity: 'error',
      from: { path: '^cli/rollout/', pathNot: '\\.test\\.ts$' },
      to: { path: '^cli/', pathNot: '^cli/rollout/' },
    },
    {
      name: 'no-cycles',
      comment: 'Modules that need each other are one module; types do not count.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
