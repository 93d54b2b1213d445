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
