import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-28';
import {
  CertificateAuthority,
  ClaimAccess,
  Credentials,
  DatabaseMigration,
  DynamicPlugins,
  DynamicPluginsRoot,
  ExternalPostgres,
  Hub,
  HubApp,
  LocalPostgres,
  OrchestratorPlugins,
  PostgresAddress,
  PostgresStatefulSet,
  PostgresTls,
  RhdhRelease,
  SonataFlowPlatform,
  Stage,
  StageKind,
  WorkflowHelmValues,
} from '..';
import { testRefusals } from '../../test/unit/refusals';
import { problemsOf, validApp } from '../../test/unit/valid-app';
import { appRules, stageRules } from './rules';

testRefusals(stageRules, {
  'stage/namespace': [
    {
      when: 'the namespace has a dot',
      app: () => {
        const app = new HubApp({ outdir: validApp().app.outdir });
        const stage = new Stage(app, StageKind.POSTGRES, { namespace: 'my.hub' });
        new k8s.KubeConfigMap(stage, 'a', { metadata: { name: 'a' } });
        return app;
      },
      report: [
        '[0000-postgres] stage/namespace: namespace "my.hub" is not a DNS-1123 label of at most 63 characters; ' +
          "write lower-case letters, digits and '-', beginning and ending with a letter or digit",
      ],
    },
  ],
  'stage/one-namespace': [
    {
      when: 'two stages are in different namespaces',
      app: () => {
        const { app } = validApp();
        new Stage(app, StageKind.WORKFLOWS, { namespace: 'elsewhere' });
        return app;
      },
      report: [
        '[0500-workflows] stage/one-namespace: is in namespace elsewhere and 0000-postgres in rhdh; ' +
          'a hub, its Secrets and its orchestrator share one, so write one app a namespace',
      ],
    },
  ],
  'stage/object-name': [
    {
      when: 'an object would be named after its construct',
      app: () => {
        const { app, server } = validApp();
        new ApiObject(server, 'nameless', { apiVersion: 'v1', kind: 'ConfigMap' });
        return app;
      },
      report: [
        '[0000-postgres] stage/object-name: ConfigMap at 0000-postgres/nameless has no metadata.name of its own; write one',
      ],
    },
  ],
  'stage/claimed-twice': [
    {
      when: 'two stages carry an object of one name',
      app: () => {
        const { app, server, backstage } = validApp();
        new k8s.KubeConfigMap(server, 'one', { metadata: { name: 'same' } });
        new k8s.KubeConfigMap(backstage, 'other', { metadata: { name: 'same' } });
        return app;
      },
      report: [
        '[0200-backstage] stage/claimed-twice: ConfigMap same is in 0000-postgres already, so each apply would flip it; ' +
          'give one another name',
      ],
    },
    {
      when: 'a construct is repeated, which is one mistake',
      app: () => {
        const { app, server } = validApp();
        for (const id of ['one', 'other']) {
          new PostgresStatefulSet(server, id, {
            name: 'twice',
            credentials: Credentials.fromSecret('login'),
          });
        }
        return app;
      },
      report: [
        '[0000-postgres] stage/claimed-twice: StatefulSet twice and Service twice are in 0000-postgres already, so each apply would flip them; ' +
          'give one another name',
      ],
    },
  ],
  'stage/object-size': [
    {
      when: 'a ConfigMap is larger than 1 MiB',
      app: () => {
        const { app, backstage } = validApp();
        const data = { a: 'x'.repeat(1024 * 1024), b: 'ü' };
        new k8s.KubeConfigMap(backstage, 'large', { metadata: { name: 'large' }, data });
        return app;
      },
      report: [
        '[0200-backstage] stage/object-size: ConfigMap large holds 1048578 bytes, and Kubernetes keeps at most 1048576; ' +
          'divide it into several',
      ],
    },
  ],
  'stage/annotations-size': [
    {
      when: 'an annotation is larger than 256 KiB',
      app: () => {
        const { app, backstage } = validApp();
        const annotations = { note: 'x'.repeat(256 * 1024) };
        new k8s.KubeConfigMap(backstage, 'large', { metadata: { name: 'large', annotations } });
        return app;
      },
      report: [
        '[0200-backstage] stage/annotations-size: ConfigMap large has annotations of 262148 bytes, and Kubernetes keeps at most 262144; ' +
          'put the content into a ConfigMap',
      ],
    },
  ],
  'stage/orchestrator-platform': [
    {
      when: 'nothing provides a data index',
      app: () => {
        const app = new HubApp({ outdir: validApp().app.outdir });
        const stage = new Stage(app, StageKind.ORCHESTRATOR, { namespace: 'rhdh' });
        new k8s.KubeConfigMap(stage, 'a', { metadata: { name: 'a' } });
        return app;
      },
      report: [
        '[0400-orchestrator] stage/orchestrator-platform: no SonataFlowPlatform is in the app, so the plugins would find no data index; ' +
          'add one to a Stage of kind SONATAFLOW',
      ],
    },
  ],
});

testRefusals(appRules, {
  'app/one-file': [
    {
      when: 'two stages of one kind have objects',
      app: () => {
        const { app, namespace } = validApp();
        const stage = new Stage(new Construct(app, 'group'), StageKind.BACKSTAGE, { namespace });
        new k8s.KubeConfigMap(stage, 'map', { metadata: { name: 'map' } });
        return app;
      },
      report: [
        '[app] app/one-file: 0200-backstage.k8s.yaml would be written by 0200-backstage and by group/0200-backstage; ' +
          'give one another id or name, or put it into an app of its own',
      ],
    },
    {
      when: 'two workflows have one name',
      app: () => {
        const { app, orchestrator, platform } = validApp();
        new WorkflowHelmValues(orchestrator, 'one', { name: 'greeting', platform });
        new WorkflowHelmValues(orchestrator, 'other', { name: 'greeting', platform });
        return app;
      },
      report: [
        '[app] app/one-file: helm/greeting-values.yaml would be written by 0400-orchestrator/one and by 0400-orchestrator/other; ' +
          'give one another id or name, or put it into an app of its own',
      ],
    },
  ],
});

test.each(Object.values(StageKind))('only %s in another namespace is one line of the report', (odd) => {
  const app = new HubApp({ outdir: validApp().app.outdir });
  const stage = (kind: StageKind) => new Stage(app, kind, { namespace: kind === odd ? 'elsewhere' : 'rhdh' });
  const postgres = new PostgresStatefulSet(stage(StageKind.POSTGRES), 'postgres', {
    name: 'hub-postgres',
    credentials: Credentials.fromSecret('login'),
  });
  const migration = stage(StageKind.MIGRATION);
  const source = new LocalPostgres(migration, 'local', { hub: 'hub' });
  new DatabaseMigration(migration, 'databases', { name: 'hub', source, target: postgres });
  const plugins = DynamicPlugins.of({ plugins: [{ package: './plugin-a' }] });
  const hub = new Hub(stage(StageKind.BACKSTAGE), 'hub', { name: 'hub', release: RhdhRelease.V1_8, plugins });
  hub.connect(postgres);
  const platform = new SonataFlowPlatform(stage(StageKind.SONATAFLOW), 'platform', { postgres });
  new OrchestratorPlugins(stage(StageKind.ORCHESTRATOR), 'plugins', { hub, platform });
  new WorkflowHelmValues(stage(StageKind.WORKFLOWS), 'greeting', { name: 'greeting', platform });
  expect(problemsOf(app).map((line) => line.split(' ')[1])).toEqual(['stage/one-namespace:']);
});

test('a wrong value that several rules look at is one line of the report', () => {
  const app = new HubApp({ outdir: validApp().app.outdir });
  const stage = new Stage(app, StageKind.BACKSTAGE, { namespace: 'rhdh' });
  const postgres = ExternalPostgres.fromSecret(stage, 'postgres', {
    secretName: 'Login',
    address: PostgresAddress.fromHost('db.example.com'),
    tls: PostgresTls.verifyFull(CertificateAuthority.fromConfigMap('Authority')),
    maxConnections: -1,
  });
  const claim = DynamicPluginsRoot.fromClaimName('claim', ClaimAccess.READ_WRITE_ONCE);
  const props = { name: 'hub', release: RhdhRelease.V1_8, replicas: 2.5, dynamicPluginsRoot: claim };
  new Hub(stage, 'hub', props).connect(postgres);
  expect(problemsOf(app).map((line) => line.split(' ')[1])).toEqual([
    'database/secret-name:',
    'database/certificate-authority:',
    'database/max-connections:',
    'hub/replicas-number:',
  ]);
});

test('all problems of an app are in one report, and the old bundles are left as they were', () => {
  const { app } = validApp({
    namespace: 'Bad',
    postgres: { name: 'Bad', replicas: 2 },
    hub: { name: 'Bad', replicas: 0.5 },
    connect: false,
  });
  writeFileSync(join(app.outdir, '0000-postgres.k8s.yaml'), 'old');
  expect(problemsOf(app).map((line) => line.split(' ')[1])).toEqual([
    'stage/namespace:',
    'postgres-statefulset/name:',
    'postgres-statefulset/replicas:',
    'hub/name:',
    'hub/connected:',
    'hub/replicas-number:',
  ]);
  expect(readdirSync(app.outdir)).toEqual(['0000-postgres.k8s.yaml']);
  expect(readFileSync(join(app.outdir, '0000-postgres.k8s.yaml'), 'utf8')).toBe('old');
});
