import { k8s } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { serverIn, type ServerOptions, tlsModes } from '../../test/unit/servers';
import { objectOf, problemsOf, stageOf } from '../../test/unit/stage';
import { demandsOn } from '../database/connection-demand';
import { Stage } from '../stages/stage';
import { StageKind } from '../stages/stage-kind';
import { SonataFlowPlatform } from './sonataflow-platform';
import { Workflow, WorkflowProfile, type WorkflowProps } from './workflow';

const flow = {
  start: 'hello',
  states: [{ name: 'hello', type: 'inject', data: { nothing: null }, end: true }],
};

function workflowOn(server: ServerOptions, props: Partial<WorkflowProps> = {}) {
  const stage = stageOf();
  const postgres = serverIn(stage, server);
  const platform = new SonataFlowPlatform(stage, 'platform', { postgres });
  const workflow = new Workflow(stage, 'greeting', {
    name: 'greeting',
    platform,
    flow,
    image: 'greeting:1',
    ...props,
  });
  return {
    stage,
    postgres,
    workflow,
    resource: objectOf(stage, 'SonataFlow'),
    properties: objectOf(stage, 'ConfigMap').data['application.properties'],
  };
}

test('every property reaches the workflow', () => {
  const earlier = stageOf();
  const stage = new Stage(earlier.node.root, StageKind.WORKFLOWS, { namespace: 'rhdh' });
  const postgres = serverIn(earlier);
  const props: Required<WorkflowProps> = {
    name: 'greeting',
    platform: new SonataFlowPlatform(earlier, 'platform', { postgres, databaseName: 'flows' }),
    flow,
    image: 'registry.example.com/greeting:1',
    version: '2.0',
    description: 'Says hello',
    profile: WorkflowProfile.PREVIEW,
    schema: 'greeting_v2',
    properties: { 'quarkus.log.level': 'DEBUG' },
    replicas: 3,
    resources: { limits: { memory: k8s.Quantity.fromString('1Gi') } },
  };
  const workflow = new Workflow(stage, 'greeting', props);
  expect([workflow.name, workflow.schema]).toEqual(['greeting', 'greeting_v2']);
  expect(objectOf(stage, 'SonataFlow')).toMatchObject({
    metadata: {
      name: 'greeting',
      namespace: 'rhdh',
      annotations: {
        'sonataflow.org/description': 'Says hello',
        'sonataflow.org/profile': 'preview',
        'sonataflow.org/version': '2.0',
      },
    },
    spec: {
      flow,
      persistence: {
        migrateDBOnStartUp: true,
        postgresql: {
          serviceRef: { name: 'db', namespace: 'data', databaseName: 'flows', databaseSchema: 'greeting_v2' },
        },
      },
      podTemplate: {
        replicas: 3,
        container: { image: 'registry.example.com/greeting:1', resources: { limits: { memory: '1Gi' } } },
      },
    },
  });
  const { metadata, data } = objectOf(stage, 'ConfigMap');
  expect(metadata.name).toBe('greeting-props');
  expect(data).toEqual({ 'application.properties': 'kie.flyway.enabled=true\nquarkus.log.level=DEBUG\n' });
  expect(demandsOn(postgres)).toContainEqual({ client: 'workflow greeting', connections: 60 });
  expect(problemsOf(stage)).toEqual([]);
});

test('it runs once, in version 1.0, in a schema of its name, from an image, unless said otherwise', () => {
  const { workflow, resource, properties, postgres } = workflowOn({});
  expect(workflow.schema).toBe('greeting');
  expect(resource.metadata.annotations).toEqual({
    'sonataflow.org/profile': 'gitops',
    'sonataflow.org/version': '1.0',
  });
  expect(resource.spec.persistence).toEqual({
    migrateDBOnStartUp: true,
    postgresql: {
      secretRef: { name: 'login', userKey: 'POSTGRES_USER', passwordKey: 'POSTGRES_PASSWORD' },
      serviceRef: {
        name: 'db',
        namespace: 'data',
        databaseName: 'backstage_plugin_orchestrator',
        databaseSchema: 'greeting',
      },
    },
  });
  expect(resource.spec.podTemplate).toEqual({ container: { image: 'greeting:1' } });
  expect(properties).toBe('kie.flyway.enabled=true\n');
  expect(demandsOn(postgres)).toContainEqual({ client: 'workflow greeting', connections: 20 });
});

test('a verified server brings the file of the authority', () => {
  const { resource } = workflowOn({ tls: tlsModes['verify-full'] });
  expect(resource.spec.persistence.postgresql.jdbcUrl).toBe(
    'jdbc:postgresql://db.data.svc.cluster.local:5432/backstage_plugin_orchestrator?currentSchema=greeting' +
      '&sslmode=verify-full&sslrootcert=%2Fetc%2Fpostgres-ca%2Froot.pem',
  );
  expect(resource.spec.podTemplate).toEqual({
    container: {
      image: 'greeting:1',
      volumeMounts: [{ name: 'postgres-ca', mountPath: '/etc/postgres-ca', readOnly: true }],
    },
    volumes: [
      { name: 'postgres-ca', configMap: { name: 'db-ca', items: [{ key: 'root.pem', path: 'root.pem' }] } },
    ],
  });
});

/** A properties file as java.util.Properties.load reads it. */
function loadProperties(text: string): Record<string, string> {
  const unescape = (part: string) =>
    part.replace(/\\(u[0-9A-Fa-f]{4}|[^])/g, (_, code: string) =>
      code.length > 1
        ? String.fromCharCode(parseInt(code.slice(1), 16))
        : ({ t: '\t', n: '\n', r: '\r', f: '\f' }[code] ?? code),
    );
  const logical = text
    .replace(/(?<!\\)((?:\\\\)*)\\(?:\r\n|\n|\r)[ \t\f]*/g, '$1')
    .split(/\r\n|\n|\r/)
    .map((line) => line.replace(/^[ \t\f]+/, ''));
  return Object.fromEntries(
    logical
      .filter((line) => line !== '' && !/^[#!]/.test(line))
      .map((line) => {
        const [, key, value] = /^((?:\\[^]|[^\\=: \t\f])*)(?:[ \t\f]*[=:][ \t\f]*|[ \t\f]+|$)([^]*)$/.exec(
          line,
        ) as RegExpExecArray;
        return [unescape(key), unescape(value)];
      }),
  );
}

test('properties are read back by Java as they were written, whatever is in them', () => {
  const text = fc.string({
    unit: fc.oneof(
      fc.constantFrom(...'\\=:#! \t\f\r\nnu0041${}'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
  });
  const properties = fc.dictionary(
    text.filter((key) => key !== ''),
    text,
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(properties, (given) => {
      expect(loadProperties(workflowOn({}, { properties: given }).properties)).toEqual({
        'kie.flyway.enabled': 'true',
        ...given,
      });
    }),
  );
});
