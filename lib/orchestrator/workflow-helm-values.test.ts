import { serverIn, type ServerOptions, tlsModes } from '../../test/unit/servers';
import { problemsOf, stageOf } from '../../test/unit/stage';
import { PostgresAddress } from '../database/address';
import { demandsOn } from '../database/connection-demand';
import { SonataFlowPlatform } from './sonataflow-platform';
import { WorkflowHelmValues, type WorkflowHelmValuesProps } from './workflow-helm-values';

function valuesOn(server: ServerOptions, props: Partial<WorkflowHelmValuesProps> = {}) {
  const stage = stageOf();
  const postgres = serverIn(stage, server);
  const platform = new SonataFlowPlatform(stage, 'platform', { postgres });
  return {
    stage,
    postgres,
    values: new WorkflowHelmValues(stage, 'greeting', { name: 'greeting', platform, ...props }),
  };
}

test('every property reaches the values', () => {
  const stage = stageOf();
  const props: Required<WorkflowHelmValuesProps> = {
    name: 'greeting',
    platform: new SonataFlowPlatform(stage, 'platform', { postgres: serverIn(stage), databaseName: 'flows' }),
    schema: 'greeting_v2',
    imageRepository: 'registry.example.com/greeting',
    imageTag: '1.0',
    chart: 'mine/greeting',
  };
  const values = new WorkflowHelmValues(stage, 'greeting', props);
  expect([values.name, values.chart]).toEqual(['greeting', 'mine/greeting']);
  expect(values.toYaml()).toBe(`persistence:
  postgresql:
    secretRef:
      name: login
      userKey: POSTGRES_USER
      passwordKey: POSTGRES_PASSWORD
    serviceRef:
      name: db
      namespace: data
      port: 5432
      databaseName: flows
      databaseSchema: greeting_v2
image:
  repository: registry.example.com/greeting
  tag: "1.0"
`);
  expect(problemsOf(stage)).toEqual([]);
});

test('the schema is the name of the workflow, and image and chart are those of the lab, unless said otherwise', () => {
  const { values, postgres } = valuesOn({ address: PostgresAddress.fromService('db', 'rhdh', 6432) });
  expect(values.chart).toBe('orchestrator-workflows/greeting');
  expect(values.toYaml()).toBe(`persistence:
  postgresql:
    secretRef:
      name: login
      userKey: POSTGRES_USER
      passwordKey: POSTGRES_PASSWORD
    serviceRef:
      name: db
      port: 6432
      databaseName: backstage_plugin_orchestrator
      databaseSchema: greeting
`);
  expect(demandsOn(postgres)).toContainEqual({ client: 'workflow greeting', connections: 20 });
});

test('a server with TLS is a jdbcUrl', () => {
  expect(valuesOn({ tls: tlsModes.require }).values.toYaml()).toContain(
    '    jdbcUrl: jdbc:postgresql://db.data.svc.cluster.local:5432/backstage_plugin_orchestrator?currentSchema=greeting&sslmode=require\n',
  );
});

test.each([
  [{ imageRepository: 'greeting' }, 'image:\n  repository: greeting\n'],
  [{ imageTag: '1.0' }, 'image:\n  tag: "1.0"\n'],
])('of the image only what is said is written: %j', (props, text) => {
  expect(valuesOn({}, props).values.toYaml()).toMatch(new RegExp(`${text}$`));
});
