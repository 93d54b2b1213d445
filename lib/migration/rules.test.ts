import { Chart } from 'cdk8s';
import {
  DatabaseMigration,
  type DatabaseMigrationProps,
  type HubApp,
  LocalPostgres,
  Stage,
  StageKind,
} from '..';
import { testRefusals } from '../../test/unit/refusals';
import { serverIn } from '../../test/unit/servers';
import { validApp } from '../../test/unit/valid-app';
import { migrationRules } from './rules';

const migration = (props: Partial<DatabaseMigrationProps>) => (): HubApp => {
  const { app, namespace, postgres } = validApp();
  const stage = new Stage(app, StageKind.MIGRATION, { namespace });
  const source = new LocalPostgres(stage, 'local', { hub: 'hub' });
  new DatabaseMigration(stage, 'migration', { source, target: postgres, name: 'hub', ...props });
  return app;
};

const path = '[0100-migration/migration] migration';

testRefusals(migrationRules, {
  'migration/name': [
    {
      when: 'the name of the Job would be too long',
      app: migration({ name: 'h'.repeat(46) }),
      report: [
        `${path}/name: name "${'h'.repeat(46)}" is not a DNS-1123 label of at most 45 characters; ` +
          "write lower-case letters, digits and '-', beginning and ending with a letter or digit",
      ],
    },
  ],
  'migration/servers': [
    {
      when: 'source and target are one server',
      app: () => {
        const { app, namespace, postgres } = validApp();
        const stage = new Stage(app, StageKind.MIGRATION, { namespace });
        new DatabaseMigration(stage, 'migration', { source: postgres, target: postgres, name: 'hub' });
        return app;
      },
      report: [
        `${path}/servers: source and target are both hub-postgres.rhdh.svc.cluster.local:5432; ` +
          'give the server that the data is on as source',
      ],
    },
  ],
  'migration/namespace': [
    {
      when: 'the source is in another namespace',
      app: () => {
        const { app, namespace, postgres } = validApp();
        const source = serverIn(new Chart(app, 'other', { namespace: 'elsewhere' }));
        const stage = new Stage(app, StageKind.MIGRATION, { namespace });
        new DatabaseMigration(stage, 'migration', { source, target: postgres, name: 'hub' });
        return app;
      },
      report: [
        `${path}/namespace: the Job is in namespace rhdh and the Secret login of the source in elsewhere; ` +
          'put both into one namespace',
      ],
    },
  ],
  'migration/workers': [
    {
      when: 'there are no workers',
      app: migration({ workers: 0 }),
      report: [`${path}/workers: workers is 0; write a whole number from 1 to 64`],
    },
  ],
  'migration/mappings': [
    {
      when: 'a name is empty, too long, or two lines',
      app: migration({ mappings: [{ sourceDatabase: '', targetDatabase: 'a\nb' }] }),
      report: [
        `${path}/mappings: sourceDatabase "" takes 0 bytes; PostgreSQL identifiers have 1 to 63 bytes and no NUL: write a shorter name`,
        `${path}/mappings: targetDatabase "a\\nb" has a tab or line feed, which a mapping cannot; rename it first`,
      ],
    },
    {
      when: 'two databases would go into one schema',
      app: migration({
        mappings: [
          { sourceDatabase: 'one', targetDatabase: 'all', targetSchema: 'plugin' },
          { sourceDatabase: 'two', targetDatabase: 'all', targetSchema: 'plugin' },
        ],
      }),
      report: [
        `${path}/mappings: one -> all.plugin and two -> all.plugin would be mixed; give each schema one place, and each place one schema`,
      ],
    },
    {
      when: 'a database goes where schemas of another go',
      app: migration({
        mappings: [
          { sourceDatabase: 'one', sourceSchema: 'a', targetDatabase: 'all', targetSchema: 'a' },
          { sourceDatabase: 'two', targetDatabase: 'all' },
        ],
      }),
      report: [
        `${path}/mappings: one.a -> all.a and two -> all would be mixed; give each schema one place, and each place one schema`,
      ],
    },
  ],
  'migration/hub-databases': [
    {
      when: 'the hub on the target has another prefix',
      app: migration({ databasePrefix: 'blue_' }),
      report: [
        `${path}/hub-databases: databasePrefix is 'blue_', but hub hub opens databases that begin with 'backstage_plugin_'; leave it out`,
      ],
    },
  ],
  'migration/patterns': [
    {
      when: 'a pattern is empty, or two lines',
      app: migration({ include: ['chats', ''], exclude: ['a\nb'] }),
      report: [
        `${path}/patterns: include has the pattern ""; write a name on one line, in which '*' and '?' stand for others`,
        `${path}/patterns: exclude has the pattern "a\\nb"; write a name on one line, in which '*' and '?' stand for others`,
      ],
    },
  ],
});
