import * as library from '..';
import {
  Stage,
  StageKind,
  HubApp,
  Credentials,
  DynamicPlugins,
  DynamicPluginsRoot,
  Hub,
  PostgresStatefulSet,
} from '..';
import { ClaimAccess, PostgresVersion, RhdhRelease, type DynamicPlugin } from '..';
import { apiTypes } from './api-types';
import { find } from './mistakes';
import { problemsOf } from '../../test/unit/stage';

const never = (value: unknown) => value as never;
const stageOf = (kind: StageKind) => new Stage(new HubApp(), kind, { namespace: 'rhdh' });

test('a version made of wrong values is a line of the report of its server', () => {
  const stage = stageOf(StageKind.POSTGRES);
  const version = PostgresVersion.of(never('17'), 'registry.example.com/postgresql:17');
  new PostgresStatefulSet(stage, 'postgres', {
    name: 'db',
    credentials: Credentials.fromSecret('login'),
    version,
  });
  expect(problemsOf(stage)).toEqual([
    "api/type: version: PostgresVersion.of: major is '17', a text; write a number",
  ]);
});

test('plugins and a claim made of wrong values are lines of the report of their hub', () => {
  const stage = stageOf(StageKind.BACKSTAGE);
  new Hub(stage, 'hub', {
    name: 'hub',
    release: RhdhRelease.V1_10,
    plugins: DynamicPlugins.of().withPlugins([never('./one'), { package: './two' } as DynamicPlugin]),
    dynamicPluginsRoot: DynamicPluginsRoot.fromClaimName(never(5), ClaimAccess.READ_WRITE_ONCE),
  });
  expect(problemsOf(stage)).toEqual([
    "api/type: plugins: DynamicPlugins.withPlugins: plugins[0] is './one', a text; write { package: … }",
    'api/type: dynamicPluginsRoot: DynamicPluginsRoot.fromClaimName: claimName is a number; write a text',
  ]);
});

test('a version that is not told right spoils no other', () => {
  PostgresVersion.of(never('17'), 'registry.example.com/postgresql:17');
  expect(find('PostgresVersion', PostgresVersion.V15, 'version').mistakes).toEqual([]);
});

type Constructor = new (...given: unknown[]) => object;
const classes = library as object as Readonly<Record<string, Constructor>>;
const factoriesOnly = Object.entries(apiTypes.classes)
  .filter(
    ([type, { isClass, ways }]) => isClass && type in classes && !ways.some((way) => way.startsWith('new ')),
  )
  .map(([type]) => type);
const given = [
  [],
  ['unknown'],
  [5],
  [{ name: 'hub' }],
  ['hub', { name: 'hub' }],
  [undefined, undefined, undefined],
];

test.each(factoriesOnly.flatMap((type) => given.map((args) => [type, args] as const)))(
  'new %s(...%j), which TypeScript forbids, is told with its factories where the value is given',
  (type, args) => {
    const { mistakes } = find(type, new classes[type](...args), 'it');
    expect(mistakes).toEqual([
      { kind: 'type', message: expect.stringMatching(`^it.* ${type}.*; write ${type}\\.`) },
    ]);
  },
);

test('a hub tells of what was made past the factories', () => {
  const stage = stageOf(StageKind.BACKSTAGE);
  const hub = new Hub(stage, 'hub', {
    name: 'hub',
    release: RhdhRelease.V1_10,
    plugins: new classes.DynamicPlugins() as DynamicPlugins,
  });
  hub.addVolume(new classes.VolumePatch('data', { name: 'data' }) as library.VolumePatch);
  expect(problemsOf(stage)).toEqual([
    'api/type: plugins: new DynamicPlugins is private; write DynamicPlugins.of(…), ' +
      'DynamicPlugins.fromConfigMapFile(…) or DynamicPlugins.fromFile(…)',
    'api/type: addVolume: patch: new VolumePatch is private; write VolumePatch.merge(…), VolumePatch.replace(…) or ' +
      'VolumePatch.remove(…)',
  ]);
});

test.each<[string, () => unknown, string]>([
  [
    'a Secret',
    () => new library.DatabaseSecret(never(undefined)),
    'DatabaseSecret: name is missing; write a text',
  ],
  [
    'a volume',
    () => library.CertificateAuthority.fromSecret('ca').asVolume(never(5)),
    'CertificateAuthority.asVolume: volumeName is a number; write a text',
  ],
  [
    'the packages that are on',
    () => DynamicPlugins.of().enabledPackages(never('1.8')),
    "DynamicPlugins.enabledPackages: release is '1.8', a text; write RhdhRelease.V1_7, ",
  ],
  [
    'persistence',
    () =>
      new library.LocalPostgres(stageOf(StageKind.POSTGRES), 'local', { hub: 'hub' }).sonataFlowPersistence(
        never({}),
      ),
    'Postgres.sonataFlowPersistence: target.database is missing; write a text\n' +
      'Postgres.sonataFlowPersistence: target.schema is missing; write a text',
  ],
  [
    'what hubs have in common',
    () => new classes.HubBase(),
    'new HubBase: it is what several kinds have in common; write new AdoptedHub(…) or new Hub(…)',
  ],
  [
    'what servers have in common',
    () => new classes.Postgres(),
    'new Postgres: it is what several kinds have in common; write ExternalPostgres.fromSecret(…), ',
  ],
])('where no construct could report it, %s is refused at once', (_, make, message) => {
  expect(make).toThrow(message);
});
