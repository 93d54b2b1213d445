import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import {
  Credentials,
  DatabaseMigration,
  ExternalPostgres,
  Hub,
  HubApp,
  LocalPostgres,
  PostgresAddress,
  PostgresStatefulSet,
  PostgresTls,
  RhdhRelease,
  Stage,
  StageKind,
  Workflow,
} from '..';
import { testRefusals } from '../../test/unit/refusals';
import { validApp } from '../../test/unit/valid-app';
import { procedureRules } from './procedure-rules';

const serverProps = { name: 'hub-postgres', credentials: Credentials.generated() };

/** A server, a copy and a hub, each in its stage. */
function move({
  server = StageKind.POSTGRES,
  copy = StageKind.MIGRATION,
  hub = StageKind.BACKSTAGE,
  source = 'hub',
} = {}) {
  const app = new HubApp({ outdir: validApp().app.outdir });
  const stages = new Map<StageKind, Stage>();
  const stage = (kind: StageKind) => {
    const made = stages.get(kind) ?? new Stage(app, kind, { namespace: 'rhdh' });
    stages.set(kind, made);
    return made;
  };
  const target = new PostgresStatefulSet(stage(server), 'postgres', serverProps);
  const local = new LocalPostgres(stage(copy), 'local', { hub: source });
  new DatabaseMigration(stage(copy), 'databases', { name: 'hub', source: local, target });
  new Hub(stage(hub), 'hub', { name: 'hub', release: RhdhRelease.V1_8 }).connect(target);
  return app;
}

test('the procedure itself is not refused', () => {
  expect(() => move().synth()).not.toThrow();
});

testRefusals(procedureRules, {
  'app/order': [
    {
      when: 'the hub is in the stage of its server',
      app: () => move({ hub: StageKind.POSTGRES, copy: StageKind.MIGRATION, server: StageKind.POSTGRES }),
      report: [
        '[app] app/order: 0000-postgres/hub is in stage 0000-postgres, and its database (0000-postgres/postgres) in the same; ' +
          'put what is needed into an earlier stage',
        '[app] app/order: 0000-postgres/hub is in stage 0000-postgres, and the copy of its data (0100-migration/databases) ' +
          'in 0100-migration, which is applied later; put what is needed into an earlier stage',
      ],
    },
    {
      when: 'the server is made after the hub',
      app: () => {
        const app = new HubApp({ outdir: validApp().app.outdir });
        const hub = new Hub(new Stage(app, StageKind.BACKSTAGE, { namespace: 'rhdh' }), 'hub', {
          name: 'hub',
          release: RhdhRelease.V1_8,
        });
        hub.connect(
          new PostgresStatefulSet(
            new Stage(app, StageKind.SONATAFLOW, { namespace: 'rhdh' }),
            'postgres',
            serverProps,
          ),
        );
        return app;
      },
      report: [
        '[app] app/order: 0200-backstage/hub is in stage 0200-backstage, and its database (0300-sonataflow/postgres) ' +
          'in 0300-sonataflow, which is applied later; put what is needed into an earlier stage',
      ],
    },
    {
      when: 'a workflow is in the stage of its platform, whose data index would miss it',
      app: () => {
        const { app, sonataflow, platform } = validApp();
        const flow = { start: 'a', states: [{ name: 'a' }] };
        new Workflow(sonataflow, 'workflow', {
          name: 'greeting',
          platform,
          flow,
          image: 'quay.io/greeting:1',
        });
        return app;
      },
      report: [
        '[app] app/order: 0300-sonataflow/workflow is in stage 0300-sonataflow, and its platform (0300-sonataflow/platform) ' +
          'in the same; put what is needed into an earlier stage',
      ],
    },
    {
      when: 'the copy is made after the hub',
      app: () => move({ copy: StageKind.WORKFLOWS }),
      report: [
        '[app] app/order: 0200-backstage/hub is in stage 0200-backstage, and the copy of its data (0500-workflows/databases) ' +
          'in 0500-workflows, which is applied later; put what is needed into an earlier stage',
      ],
    },
  ],
  'app/copied-twice': [
    {
      when: 'a migration is repeated by another name',
      app: () => {
        const app = move();
        const [{ _target: target }] = app.node
          .findAll()
          .filter((child) => child instanceof DatabaseMigration);
        const stage = app.node.findChild(StageKind.MIGRATION);
        const source = new LocalPostgres(stage as Stage, 'again', { hub: 'hub' });
        new DatabaseMigration(stage as Stage, 'more', { name: 'more', source, target, exclude: ['a*'] });
        return app;
      },
      report: [
        '[app] app/copied-twice: 0100-migration/databases and 0100-migration/more copy the same databases to ' +
          'hub-postgres.rhdh.svc.cluster.local:5432; write one DatabaseMigration, or include other databases in each',
      ],
    },
  ],
  'app/own-databases': [
    {
      when: 'two hubs have the same prefix on one server',
      app: () => {
        const { app, backstage, postgres } = validApp();
        const other = new Hub(backstage, 'other', { name: 'other', release: RhdhRelease.V1_8 });
        other.connect(postgres);
        return app;
      },
      report: [
        '[app] app/own-databases: hubs hub and other would both work in backstage_plugin_… on ' +
          'hub-postgres.rhdh.svc.cluster.local:5432; write backend.database.prefix, or another database, into the app-config of one',
      ],
    },
  ],
  'app/one-database': [
    {
      when: 'the hub is connected elsewhere',
      app: () => {
        const app = new HubApp({ outdir: validApp().app.outdir });
        const stage = (kind: StageKind) => new Stage(app, kind, { namespace: 'rhdh' });
        const migration = stage(StageKind.MIGRATION);
        const server = (id: string) =>
          new ExternalPostgres(migration, id, {
            address: PostgresAddress.fromHost(`${id}.example.com`),
            tls: PostgresTls.require(),
            credentials: Credentials.fromSecret('login'),
          });
        const source = new LocalPostgres(migration, 'local', { hub: 'hub' });
        new DatabaseMigration(migration, 'databases', { name: 'hub', source, target: server('one') });
        new Hub(stage(StageKind.BACKSTAGE), 'hub', { name: 'hub', release: RhdhRelease.V1_8 }).connect(
          server('other'),
        );
        return app;
      },
      report: [
        '[app] app/one-database: hub hub is connected to other.example.com:5432, and the data is copied to one.example.com:5432; ' +
          'connect the hub to the target of its DatabaseMigration',
      ],
    },
  ],
  'app/migration-source': [
    {
      when: 'the source is the database of another hub',
      app: () => move({ source: 'another' }),
      report: [
        '[app] app/migration-source: 0100-migration/databases copies the databases of hub another, and hub hub gets them; ' +
          "write hub: 'hub' in its LocalPostgres",
      ],
    },
  ],
  'app/old-server': [
    {
      when: 'the hub leaves another server',
      app: () => {
        const app = new HubApp({ outdir: validApp().app.outdir });
        const stage = (kind: StageKind) => new Stage(app, kind, { namespace: 'rhdh' });
        const [servers, copy, backstage] = [
          stage(StageKind.POSTGRES),
          stage(StageKind.MIGRATION),
          stage(StageKind.BACKSTAGE),
        ];
        const external = (id: string) =>
          new ExternalPostgres(servers, id, {
            address: PostgresAddress.fromHost(`${id}.example.com`),
            tls: PostgresTls.disable(),
            credentials: Credentials.fromSecret(`${id}-login`),
          });
        const target = external('new');
        new DatabaseMigration(copy, 'databases', { name: 'hub', source: external('old'), target });
        const hub = new Hub(backstage, 'hub', { name: 'hub', release: RhdhRelease.V1_8 });
        hub.connect(target, { from: external('other') });
        return app;
      },
      report: [
        '[app] app/old-server: 0100-migration/databases copies the databases of old.example.com:5432, and hub hub leaves ' +
          'other.example.com:5432; write one server in both places',
      ],
    },
  ],
  'app/claimed-twice': [
    {
      when: 'a chart of the caller has an object of a stage',
      app: () => {
        const { app, backstage } = validApp();
        const chart = new Chart(app, '0600-more', { namespace: 'rhdh' });
        [chart, backstage].forEach(
          (place) => new k8s.KubeConfigMap(place, 'more', { metadata: { name: 'more' } }),
        );
        return app;
      },
      report: [
        '[app] app/claimed-twice: ConfigMap more is in 0200-backstage and in 0600-more, so each apply would flip it; ' +
          'give one another name',
      ],
    },
  ],
  'app/chart-in-chart': [
    {
      when: 'a chart is inside a stage',
      app: () => {
        const { app, backstage } = validApp();
        const chart = new Chart(backstage, '0250-more', { namespace: 'rhdh' });
        new k8s.KubeConfigMap(chart, 'more', { metadata: { name: 'more' } });
        return app;
      },
      report: [
        '[app] app/chart-in-chart: 0200-backstage/0250-more is a chart inside 0200-backstage, so that its objects would be a file ' +
          'of their own; write a Construct in its place, or put it beside the stages',
      ],
    },
  ],
  'app/numbered': [
    {
      when: 'a chart has no number',
      app: () => {
        const { app } = validApp();
        const chart = new Chart(app, 'settings', { namespace: 'rhdh' });
        new k8s.KubeConfigMap(chart, 'settings', { metadata: { name: 'settings' } });
        return app;
      },
      report: [
        '[app] app/numbered: settings.k8s.yaml would have no place in the sequence; ' +
          "write an id with a number, such as '0150-settings'",
      ],
    },
  ],
  'app/empty': [
    {
      when: 'there is no stage',
      app: () => new HubApp({ outdir: validApp().app.outdir }),
      report: [
        '[app] app/empty: the app has no stage with an object, and synthesis would remove all files of an earlier one; add a Stage with a hub',
      ],
    },
    {
      when: 'all stages are empty',
      app: () => {
        const app = new HubApp({ outdir: validApp().app.outdir });
        new Stage(app, StageKind.POSTGRES, { namespace: 'rhdh' });
        new Stage(app, StageKind.BACKSTAGE, { namespace: 'rhdh' });
        return app;
      },
      report: [/^\[app\] app\/empty: the app has no stage with an object, /],
    },
  ],
});
