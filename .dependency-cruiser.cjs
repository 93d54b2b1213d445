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
  rollout: ['yaml'],
  cli: ['rollout', 'migration'],
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
      to: { path: '^(main|lab|test|bench|scripts|examples)' },
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
