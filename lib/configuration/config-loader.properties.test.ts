import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { ConfigSources } from '@backstage/config-loader';
import * as fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { TestFolder } from '../../test/unit/folder';
import { fileLayer, variablesLayer } from './config-layer';
import { LayeredConfig } from './layered-config';
import type { ConfigSurroundings, ConfigValue } from './substitution';

const folder = new TestFolder();
let runs = 0;

/** What Backstage's own library makes of files and variables; nothing if it does not start. */
async function ofBackstage(
  files: readonly string[],
  included: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
): Promise<{ backend: unknown } | undefined> {
  const directory = join(folder.path, `run-${++runs}`);
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  };
  Object.entries(included).forEach(([name, text]) => write(name, text));
  const targets = files.map((text, index) => write(`app-config.${index}.yaml`, text));
  try {
    const sources = [
      ...targets.map((target) =>
        ConfigSources.defaultForTargets({
          targets: [{ type: 'path', target }],
          watch: false,
          rootDir: directory,
          substitutionFunc: async (name) => env[name]?.trim(),
        }),
      ),
      ConfigSources.default({ argv: [], env: { ...env }, watch: false, rootDir: emptyRoot(directory) }),
    ];
    const config = await ConfigSources.toConfig(ConfigSources.merge(sources));
    const root = config.getOptional<{ backend?: unknown }>();
    config.close();
    return { backend: root?.backend };
  } catch {
    return undefined;
  }
}

/** `ConfigSources.default` wants a file of its own beside the variables. */
function emptyRoot(directory: string): string {
  const root = join(directory, 'root');
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, 'app-config.yaml'), '{}\n');
  return root;
}

function ofOurs(
  files: readonly string[],
  included: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
): { backend: unknown } | undefined {
  const surroundings: ConfigSurroundings = {
    variable: (name) => env[name],
    file: (path, from) => {
      const at = posix.resolve(from, path);
      const text = included[posix.relative('/config', at)];
      return text === undefined ? undefined : { text, folder: posix.dirname(at) };
    },
    parse: (text, path) =>
      path.endsWith('.json') ? (JSON.parse(text) as ConfigValue) : (parse(text) as ConfigValue),
  };
  const results = [
    ...files.map((text, index) => fileLayer(text, `file ${index}`, '/config', surroundings)),
    variablesLayer(
      Object.keys(env),
      (name) => env[name],
      (name) => name,
    ),
  ];
  if (results.some(({ problems }) => problems.length > 0)) return undefined;
  const config = new LayeredConfig(results.flatMap(({ layer }) => layer ?? []));
  return { backend: config.get('backend') };
}

const name = fc.constantFrom('HOST', 'PORT', 'EMPTY', 'BLANK', 'UNSET');
const environment = {
  HOST: 'db.example.com',
  PORT: ' 5432\n',
  EMPTY: '',
  BLANK: '  ',
};
const reference = fc
  .tuple(
    fc.constantFrom('${', '$${', '${ ', '$'),
    name,
    fc.constantFrom('', ':-', ':-fallback', ':- a:-b ', ' '),
    fc.constantFrom('}', '', ' }'),
  )
  .map((parts) => parts.join(''));
const text = fc
  .array(fc.oneof(reference, fc.constantFrom('a', ' ', '$', '{', '}', ':-', '5432', 'true', 'null')), {
    maxLength: 3,
  })
  .map((parts) => parts.join(''));
const scalar: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: text },
  { weight: 2, arbitrary: fc.constantFrom(null, true, 5432, 1.5) },
);
const file = fc.constantFrom(
  'secret.txt',
  'more/values.yaml',
  'values.json',
  'list.yml',
  'broken.yaml',
  'nowhere.yaml',
);
const inclusion: fc.Arbitrary<unknown> = fc.oneof(
  fc.record({ $env: fc.oneof(name, text) }),
  fc.record({ $file: file }),
  fc.record({
    $include: fc.tuple(file, fc.constantFrom('', '#a', '#a.b', '#inner', '#')).map((parts) => parts.join('')),
  }),
  fc.record({ $env: name, beside: fc.constant(1) }),
);
const included = {
  'secret.txt': 'line one\nline two\n\n',
  'more/values.yaml': 'a: { b: "${HOST}", c: { $env: PORT } }\ninner: { $include: ../list.yml }\n',
  'values.json': '{ "a": "${UNSET:-x}", "inner": null }',
  'list.yml': '- ${HOST}\n- ${UNSET}\n- $env: HOST\n',
  'broken.yaml': 'a: [',
};
const tree = fc.letrec<{ value: unknown; map: Record<string, unknown> }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 4, arbitrary: scalar },
    { weight: 1, arbitrary: inclusion },
    { weight: 2, arbitrary: tie('map') },
    { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
  ),
  map: fc.dictionary(
    fc.constantFrom('host', 'port', 'connection', 'plugin', 'catalog', 'ssl'),
    tie('value'),
    { maxKeys: 3 },
  ),
}));
const config = fc.oneof(
  { weight: 8, arbitrary: fc.record({ backend: fc.record({ database: tree.value }) }) },
  { weight: 1, arbitrary: fc.record({ backend: tree.value }) },
  { weight: 1, arbitrary: fc.constantFrom(null, [], 'text', {}) },
);
const variables = fc.dictionary(
  fc.constantFrom(
    'APP_CONFIG_backend_database_connection_host',
    'APP_CONFIG_backend_database_connection_port',
    'APP_CONFIG_backend_database_connection',
    'APP_CONFIG_backend_database',
    'APP_CONFIG_backend_9wrong',
  ),
  fc.constantFrom('5432', '"x"', '{"host":"h"}', 'plain', 'null', '', '${HOST}'),
  { maxKeys: 3 },
);

test('a configuration resolves to what Backstage makes of it, or is refused where it does not start', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(config, { minLength: 1, maxLength: 3 }), variables, async (configs, set) => {
      const files = configs.map((value) => stringify(value));
      const env = { ...environment, ...set };
      expect(ofOurs(files, included, env)).toEqual(await ofBackstage(files, included, env));
    }),
    { numRuns: 100 },
  );
}, 120_000);

test.each([
  ['the tags of YAML 1.2', 'backend: { database: { connection: { port: 0o17, host: yes, ssl: off } } }'],
  ['anchors', 'a: &a { host: "${HOST}" }\nbackend: { database: { connection: *a } }'],
  ['an empty file', ''],
  ['comments alone', '# nothing\n'],
  ['two keys of one name', 'a: 1\na: 2'],
  ['a text', 'hello'],
])('%s are read as Backstage reads them', async (_, content) => {
  expect(ofOurs([content], included, environment)).toEqual(
    await ofBackstage([content], included, environment),
  );
});
