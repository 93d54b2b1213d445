import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Construct } from 'constructs';
import * as library from '..';
import { TestFolder } from '../../test/unit/folder';
import { problemsOf } from '../../test/unit/valid-app';
import { apiTypes } from './api-types';
import { find, nameOf } from './mistakes';

const folder = new TestFolder();
const namespace = 'rhdh';
process.env.CDK8S_OUTDIR = join(folder.path, 'dist');
afterEach(() => rmSync(join(folder.path, 'dist'), { recursive: true, force: true }));
const { Credentials, PostgresAddress, PostgresTls, RhdhRelease, Stage, StageKind } = library;
const backstageFile = folder.write(
  'backstage.yaml',
  'apiVersion: rhdh.redhat.com/v1alpha4\nkind: Backstage\nmetadata: { name: other }\n' +
    'spec: { application: { appConfig: { configMaps: [{ name: other-config }] } } }\n',
);
const appConfigFile = folder.write(
  'app-config.yaml',
  'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: other-config }\n' +
    'data: { app-config.yaml: "backend: { database: { prefix: other_ } }" }\n',
);

type Change = (type: string, args: unknown[]) => unknown[];

/** An app with one of each construct; `change` is given the arguments of each, and changes what it likes. */
function appWith(change: Change): library.HubApp {
  const make = <T>(type: string, ...args: unknown[]): T =>
    Reflect.construct((library as object as Record<string, new () => T>)[type], change(type, args)) as T;
  const app = make<library.HubApp>('HubApp', { outdir: mkdtempSync(join(folder.path, 'dist-')) });
  const stage = (kind: library.StageKind) => new Stage(app, kind, { namespace });
  const server = stage(StageKind.POSTGRES);
  const postgres = make<library.PostgresStatefulSet>('PostgresStatefulSet', server, 'postgres', {
    name: 'postgres',
    credentials: Credentials.fromSecret('login'),
  });
  make('ExternalPostgres', server, 'external', {
    address: PostgresAddress.fromHost('db.example.com'),
    tls: PostgresTls.disable(),
    credentials: Credentials.fromSecret('other-login'),
  });
  make('DynamicPluginsRoot', server, 'root', {});
  const copy = stage(StageKind.MIGRATION);
  const source = make<library.LocalPostgres>('LocalPostgres', copy, 'local', { hub: 'hub' });
  make('DatabaseMigration', copy, 'copy', { source, target: postgres, name: 'hub' });
  const backstage = stage(StageKind.BACKSTAGE);
  const hub = make<library.Hub>('Hub', backstage, 'hub', {
    name: 'hub',
    release: RhdhRelease.V1_8.withZStream('1.8.7'),
    plugins: library.DynamicPlugins.of(),
  });
  hub.connect(postgres);
  const adopted = make<library.AdoptedHub>('AdoptedHub', backstage, 'adopted', {
    backstageFile,
    appConfigFiles: [appConfigFile],
    release: RhdhRelease.V1_8,
  });
  adopted.connect(postgres);
  make('Lightspeed', backstage, 'lightspeed', { hub });
  make('CreateDatabase', backstage, 'database', { postgres, databaseName: 'more', jobName: 'create-more' });
  const platform = make<library.SonataFlowPlatform>(
    'SonataFlowPlatform',
    stage(StageKind.SONATAFLOW),
    'platform',
    {
      postgres,
    },
  );
  make('OrchestratorPlugins', stage(StageKind.ORCHESTRATOR), 'plugins', { hub, platform });
  const workflows = make<Construct>('Stage', app, StageKind.WORKFLOWS, { namespace });
  make('OrchestratorNetworkPolicies', workflows, 'policies', {});
  const flow = { start: 'a', states: [{ name: 'a' }] };
  make('Workflow', workflows, 'one', { name: 'one', platform, flow, image: 'quay.io/one:1' });
  make('WorkflowHelmValues', workflows, 'two', { name: 'two', platform });
  return app;
}

/** Of which most places take one: the app asks some to write it, and it may. */
const plain: readonly [string, unknown][] = [
  ['a text', join(folder.path, 'dist')],
  ['a number', 5],
  ['an object', { a: 'b' }],
];

/** Nothing, what was made of nothing, and what is of another type, in turns. */
const valuesFor = (expected: string, turn: number): readonly [string, unknown][] => {
  const wrong = plain.filter(([, value]) => find(expected, value, 'it').mistakes.length > 0);
  const right = plain.filter((value) => !wrong.includes(value));
  return [
    ['nothing', undefined],
    ['what was made of nothing', Credentials.fromSecret(undefined as unknown as string)],
    ...right,
    ...wrong.slice(turn % wrong.length).slice(0, 1),
  ];
};

/** Each argument and property of each constructor, with its type. */
const places = Object.entries(apiTypes.calls)
  .filter(([type]) => !type.includes('.') && !['DatabaseSecret', 'Postgres'].includes(type))
  .flatMap(([type, parameters]) =>
    Object.entries(parameters).flatMap(([parameter, typeOfIt], index) => [
      ...(nameOf(parameter) === 'scope'
        ? []
        : [{ type, index, parameter, field: undefined, expected: typeOfIt }]),
      ...Object.entries(apiTypes.structs[typeOfIt] ?? {}).map(([field, expected]) => ({
        type,
        index,
        parameter,
        field,
        expected,
      })),
    ]),
  );

test('a construct without a construct around it is refused at once, as no app could report it', () => {
  const never = (value: unknown) => value as never;
  const props = { hub: 'hub' };
  expect(() => new library.LocalPostgres(never('stage'), 'local', props)).toThrow(
    "new LocalPostgres: scope is 'stage', a text; write new Construct(…)",
  );
});

test('so is one outside of every chart, which cannot make objects', () => {
  const app = new library.HubApp();
  expect(() => new library.LocalPostgres(app, 'local', { hub: 'hub' })).toThrow(
    'new LocalPostgres: local is in no chart; give it a Stage as its scope: new Stage(app, StageKind.…, { namespace })',
  );
});

test('the app is valid as it is', () => {
  expect(problemsOf(appWith((_, args) => args))).toEqual([]);
});

const everyPlace = places.map((place, turn) => ({ ...place, turn }));

describe.each(everyPlace)('$type with $parameter $field', (place) => {
  const { type, index, parameter, field, expected, turn } = place;
  test.each(valuesFor(expected, turn))('%s is right, or a line of the report', (_, value) => {
    const app = appWith((made, args) =>
      made !== type
        ? args
        : args.map((arg, at) => {
            if (at !== index) return arg;
            return field === undefined ? value : { ...(arg as object), [nameOf(field)]: value };
          }),
    );
    const problems = problemsOf(app);
    const isLeftOut = (field ?? parameter).endsWith('?') && value === undefined;
    const { length } = isLeftOut ? [] : find(expected, value, 'it').mistakes;
    const inApi = problems.filter((problem) => /^\[.*\] api\/(missing|type|unknown): /.test(problem));
    expect(inApi).toHaveLength(length);
    if (length > 0) {
      expect(inApi).toEqual(problems);
      expect(existsSync(app.outdir) ? readdirSync(app.outdir) : []).toEqual([]);
    }
  });
});
