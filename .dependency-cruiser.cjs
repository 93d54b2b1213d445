/**
 * The rooms of both packages, from the ground up, each with those that it may import: the arrows of docs/architecture.md,
 * types included. A room is a folder without the folders in it.
 */
const FLOOR = ['api', 'rules', 'manifest', 'yaml', 'configuration', 'operators'];
const LIBRARY = {
  operators: [],
  rules: [],
  api: ['rules'],
  yaml: [],
  configuration: ['operators'],
  manifest: ['rules', 'yaml'],
  database: FLOOR,
  'hub/effective': ['database', ...FLOOR],
  hub: ['hub/effective', 'database', ...FLOOR],
  orchestrator: ['hub', 'database', ...FLOOR],
  migration: ['database', ...FLOOR],
  stages: ['orchestrator', 'migration', 'hub', 'database', ...FLOOR],
  // index.ts
  '': ['stages', 'orchestrator', 'migration', 'hub', 'database', ...FLOOR],
};

const CLUSTER = ['bundles', 'kubernetes', 'findings'];
const KEPT = ['stages', '', 'state', ...CLUSTER];
const ROLLOUT = {
  findings: [],
  kubernetes: ['findings'],
  bundles: ['kubernetes', 'findings'],
  fields: ['kubernetes'],
  state: ['kubernetes'],
  // event.ts, outcome.ts
  '': ['state', 'findings'],
  stages: ['', 'state', ...CLUSTER],
  gates: ['fields', 'kubernetes'],
  wait: ['gates', 'fields', '', 'kubernetes'],
  servers: ['gates', 'kubernetes'],
  plan: ['gates', 'fields', ...KEPT],
  preflight: ['plan', 'wait', 'gates', ...KEPT],
  apply: ['preflight', 'plan', 'wait', 'gates', 'fields', ...KEPT],
  status: ['preflight', 'wait', 'gates', ...KEPT],
  verify: ['servers', 'preflight', 'plan', 'wait', 'gates', ...KEPT],
  destroy: ['preflight', 'plan', 'wait', 'gates', ...KEPT],
  'move/job': ['wait', 'gates', ...KEPT],
  'move/clients': ['move/job', 'servers', 'gates', 'fields', ...KEPT],
  'move/steps': [
    'move/clients',
    'move/job',
    'servers',
    'apply',
    'preflight',
    'wait',
    'gates',
    'fields',
    ...KEPT,
  ],
  move: ['move/steps', 'move/clients', 'move/job', 'servers', 'preflight', 'wait', ...KEPT],
  rights: ['move', 'move/clients', 'destroy', 'verify', 'status', 'preflight', ...KEPT],
};

const OF_ROLLOUT = Object.keys(ROLLOUT).map((room) => `rollout/${room}`);
const COMMAND = {
  options: ['exit-code.ts', 'rollout/findings'],
  output: [
    'options',
    'exit-code.ts',
    'rollout/',
    'rollout/state',
    ...CLUSTER.map((room) => `rollout/${room}`),
  ],
  run: ['output', 'options', 'exit-code.ts', ...OF_ROLLOUT],
  commands: ['run', 'output', 'options', 'exit-code.ts', 'rollout/findings'],
  'exit-code.ts': ['rollout/'],
  'main.ts': ['commands'],
};

const below = (folder, rooms) =>
  Object.entries(rooms).map(([room, others]) => [
    `${folder}/${room}`,
    others.map((other) => `${folder}/${other}`),
  ]);
const ROOMS = Object.fromEntries([
  ...below('lib', LIBRARY),
  ...below('cli/rollout', ROLLOUT),
  ...below('cli', COMMAND),
]);

const filesOf = (room) =>
  /\.ts$/.test(room) ? `^${room.replace('.', '\\.')}$` : `^${room.replace(/\/$/, '')}/[^/]+$`;
const anyOf = (rooms) => rooms.map(filesOf).join('|');
/** What the command may take from the library: the entries of its `exports` that are no constructs. */
const ENTRIES = ['operators', 'yaml', 'configuration'].map((entry) => `lib/${entry}/index.ts`);
const OWN = '^(main|lab|lib|cli|imports|test|bench|scripts|examples)\\b';
const TEST = '\\.test\\.ts$';

const onlyTheirOwn = Object.entries(ROOMS).map(([room, others]) => ({
  name: `${room.replace(/\/$/, '')} imports only what stands below it`,
  severity: 'error',
  from: { path: filesOf(room), pathNot: TEST },
  to: {
    path: OWN,
    pathNot: anyOf([room, ...others, ...(room.startsWith('lib/') ? ['imports'] : ENTRIES)]),
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...onlyTheirOwn,
    {
      name: 'every-folder-is-a-room',
      comment: 'A new folder gets its place among the rooms above.',
      severity: 'error',
      from: { path: '^(lib|cli)/.*\\.ts$', pathNot: `${TEST}|${anyOf(Object.keys(ROOMS))}` },
      to: {},
    },
    {
      name: 'no-circles',
      comment:
        'Modules that need each other are one module, types included. Five may stay: rules name the type of the ' +
        'construct that they check, and the construct enforces them.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { pathNot: '^lib/\\w+/rules\\.ts$' } },
    },
    {
      name: 'no-circles-of-values',
      comment: 'Rules may know the type of their construct, and nothing that is there at run time.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^cli/build/' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
