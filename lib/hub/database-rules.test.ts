import { k8s } from 'cdk8s-plus-28';
import {
  CertificateAuthority,
  ContainerPatch,
  Credentials,
  ExternalPostgres,
  PostgresAddress,
  PostgresTls,
  RhdhRelease,
} from '..';
import { adopted, backstage, configMap, database, withAppConfig } from '../../test/unit/adopted-app';
import { testRefusals } from '../../test/unit/refusals';
import { validApp } from '../../test/unit/valid-app';
import { hubDatabaseRules } from './database-rules';

const hub = '[0200-backstage/hub] hub';
const file = 'ConfigMap config, app-config.yaml, line 1: backend.database';
const appConfig = `${hub}/app-config: ${file}`;
const authority = CertificateAuthority.fromConfigMap('postgres-ca');
const envs = 'spec.application.extraEnvs';
const user = 'the hub is connected to the database with key username of Secret login';
const password = 'the hub is connected to the database with key password of Secret login';
const asVariables = 'write host, port, user and password as ${POSTGRES_…} variables';

testRefusals(hubDatabaseRules, {
  'hub/app-config': [
    {
      when: 'host, port, user and password are those of another server',
      app: adopted({
        appConfig: database({ connection: { host: 'old', port: 5433, user: 'someone', password: 'secret' } }),
      }),
      report: [
        `${appConfig}.connection.host is 'old', but the hub is connected to db.example.com; write host: \${POSTGRES_HOST}`,
        `${appConfig}.connection.port is '5433', but the hub is connected to port 5432; write port: \${POSTGRES_PORT}`,
        `${appConfig}.connection.user is 'someone', but ${user}; write user: \${POSTGRES_USER}`,
        `${appConfig}.connection.password is a text of its own, but ${password}; write password: \${POSTGRES_PASSWORD}`,
      ],
    },
    {
      when: 'a file takes the user away that the image names',
      app: adopted({ appConfig: database({ connection: { user: null } }) }),
      report: [`${appConfig}.connection.user is not set, but ${user}; write user: \${POSTGRES_USER}`],
    },
    {
      when: 'variables of another Secret are read',
      app: adopted({
        backstage: withAppConfig.replace(
          'application: {',
          'application: { extraEnvs: { secrets: [{ name: old, key: DB_HOST }, { name: more }] },',
        ),
        appConfig: database({ connection: { host: '${DB_HOST}', user: 'pre-${ DB_USER }' } }),
      }),
      report: [
        `${appConfig}.connection.host is key DB_HOST of Secret old, but the hub is connected to db.example.com; ` +
          'write host: ${POSTGRES_HOST}',
        `${appConfig}.connection.user is 'pre-<variable DB_USER, which Secret more may set>', but ${user}; ` +
          'write user: ${POSTGRES_USER}',
      ],
    },
    {
      when: 'the connection is a URL of another server',
      app: adopted({ appConfig: database({ connection: 'postgres://me:hidden@old:5432/x' }) }),
      report: [
        `${appConfig}.connection is 'old', but the hub is connected to db.example.com; ${asVariables}`,
        `${appConfig}.connection is 'me', but ${user}; ${asVariables}`,
        `${appConfig}.connection is a text of its own, but ${password}; ${asVariables}`,
      ],
    },
    {
      when: 'the connection is a URL in one variable',
      app: adopted({
        backstage: withAppConfig.replace(
          'application: {',
          'application: { extraEnvs: { secrets: [{ name: old, key: DATABASE_URL }] },',
        ),
        appConfig: database({ connection: '${DATABASE_URL}' }),
      }),
      report: [
        `${appConfig}.connection is key DATABASE_URL of Secret old, so its address is not known here; ${asVariables}`,
      ],
    },
    {
      when: 'a keyed reference wins over the login',
      app: adopted({}, undefined, {
        after: (hub) => hub.addEnvFromSecret({ name: 'old', key: 'POSTGRES_USER' }),
      }),
      report: [
        `${hub}/app-config: ${envs}.secrets[0]: POSTGRES_USER is key POSTGRES_USER of Secret old, but ${user}; take it out`,
      ],
    },
    {
      when: 'a variable of the configuration names another host',
      app: adopted({}, undefined, {
        credentials: Credentials.fromSecret('login'),
        after: (hub) =>
          hub.addContainer(
            ContainerPatch.merge({
              name: 'backstage-backend',
              env: [{ name: 'APP_CONFIG_backend_database_connection_host', value: 'old' }],
            }),
          ),
      }),
      report: [
        `${hub}/app-config: spec.deployment.patch.spec.template.spec.containers[0].env[0] ` +
          "(APP_CONFIG_backend_database_connection_host): backend.database.connection.host is 'old', " +
          'but the hub is connected to db.example.com; write host: ${POSTGRES_HOST}',
      ],
    },
    {
      when: 'a plugin has a host of its own',
      app: adopted({ appConfig: database({ plugin: { catalog: { connection: { host: 'old' } } } }) }),
      report: [
        `${appConfig}.plugin.catalog.connection.host is 'old', but the hub is connected to db.example.com; ` +
          'write host: ${POSTGRES_HOST}',
      ],
    },
    {
      when: 'the type of the connection takes the address from elsewhere, or is unknown to the release',
      app: adopted({
        appConfig: database({
          connection: { type: 'cloudsql', instance: 'a:b:c' },
          plugin: { catalog: { connection: { type: 'azure' } } },
        }),
      }),
      report: [
        `${appConfig}.connection.type is 'cloudsql': Backstage would take the address from instance, by a connector that RHDH ` +
          'does not ship, and not from the database that is connected; leave type and instance out',
        `${appConfig}.plugin.catalog.connection.type is 'azure', which RHDH 1.8 does not know; leave it out, and give the login a password`,
      ],
    },
    {
      when: 'a plugin is kept in SQLite',
      app: adopted({ appConfig: database({ plugin: { catalog: { client: 'better-sqlite3' } } }) }),
      report: [
        `${appConfig}.plugin.catalog.client is 'better-sqlite3', which does not use PostgreSQL; write client: pg`,
      ],
    },
    {
      when: 'TLS or its verification is switched off',
      app: adopted(
        {
          appConfig: database({
            connection: { ssl: { rejectUnauthorized: false } },
            plugin: { catalog: { connection: { ssl: false } } },
          }),
        },
        PostgresTls.verifyFull(authority),
      ),
      report: [
        `${appConfig}.connection.ssl.rejectUnauthorized is false, which switches the verification of the server's certificate off; ` +
          'leave ssl out, the hub gets PGSSLMODE and the authority',
        `${appConfig}.plugin.catalog.connection.ssl is false, but the database demands TLS; leave ssl out`,
      ],
    },
    {
      when: 'another authority is to sign the certificate',
      app: adopted(
        {
          backstage: withAppConfig.replace(
            'application: {',
            'application: { extraFiles: { secrets: [{ name: rds-ca, mountPath: /tls }] },',
          ),
          appConfig: database({
            connection: { ssl: { ca: { $file: '/tls/bundle.pem' } } },
            plugin: { catalog: { connection: { ssl: { ca: '-----BEGIN' } } } },
          }),
        },
        PostgresTls.verifyFull(authority),
      ),
      report: [
        `${appConfig}.connection.ssl.ca is key bundle.pem of Secret rds-ca, but the server's certificate is signed by ` +
          'ConfigMap postgres-ca, key ca.crt; leave ssl out, the hub gets PGSSLMODE and the authority',
        `${appConfig}.plugin.catalog.connection.ssl.ca is a text of its own, but the server's certificate is signed by ` +
          'ConfigMap postgres-ca, key ca.crt; leave ssl out, the hub gets PGSSLMODE and the authority',
      ],
    },
    {
      when: 'TLS is demanded of a server that is connected without',
      app: adopted({ appConfig: database({ connection: { ssl: true } }) }, PostgresTls.disable()),
      report: [
        `${appConfig}.connection.ssl demands TLS, but the database is connected without; ` +
          'leave ssl out, or write tls of the database',
      ],
    },
    {
      when: 'the app-config is no YAML',
      app: adopted({ appConfig: configMap('app-config.yaml', 'a: [') }),
      report: [
        /^\[0200-backstage\/hub\] hub\/app-config: ConfigMap config, app-config\.yaml: .* at line \d+, column \d+$/,
      ],
    },
    {
      when: 'two files of one ConfigMap differ',
      app: adopted({
        appConfig:
          configMap('app-config.yaml', 'backend: { database: { prefix: a } }') +
          '  more.yaml: "backend: { database: { prefix: b } }"\n',
      }),
      report: [
        `${hub}/app-config: ConfigMap config has several files that differ in backend.database, and the operator passes them ` +
          'to Backstage in no certain order; write backend.database in one of them',
      ],
    },
  ],
  'hub/old-server': [
    {
      when: 'the resource names the server that the hub leaves',
      app: () => {
        const { app, hub: leaving, postgres, server } = validApp({ connect: false });
        const address = PostgresAddress.fromHost('old.example.com');
        const tls = PostgresTls.disable();
        const from = ExternalPostgres.fromSecret(server, 'old', { address, tls, secretName: 'old' });
        leaving.addEnv({ name: 'REPORTS', value: 'postgres://old.example.com/reports' });
        leaving.connect(postgres, { from });
        return app;
      },
      report: [
        `${hub}/old-server: ${envs}.envs[0].value still names old.example.com, which the hub leaves; ` +
          'write hub-postgres.rhdh.svc.cluster.local, or take it out',
      ],
    },
    {
      when: 'the hub would leave the server that it is connected to',
      app: () => {
        const { app, hub: leaving, postgres } = validApp({ connect: false });
        leaving.connect(postgres, { from: postgres });
        return app;
      },
      report: [
        `${hub}/old-server: from is the server that the hub is connected to, hub-postgres.rhdh.svc.cluster.local:5432; leave from out`,
      ],
    },
  ],
  'hub/database-names': [
    {
      when: 'all plugins share a database that nobody names',
      app: adopted({ appConfig: database({ pluginDivisionMode: 'schema' }) }),
      report: [
        `${hub}/database-names: backend.database.connection.database is not set, while pluginDivisionMode: schema keeps all ` +
          'plugins in one database; write backend.database.connection.database',
      ],
    },
    {
      when: 'a connectionString would put all plugins into one database',
      app: adopted({
        appConfig: database({
          connection: {
            connectionString: 'postgres://${POSTGRES_USER}:${POSTGRES_PASSWORD}@db.example.com/rhdh',
          },
        }),
      }),
      report: [
        `${hub}/database-names: ${file}.connection.connectionString puts every plugin into one database, while each has its own in ` +
          `database mode; ${asVariables}, or pluginDivisionMode: schema`,
      ],
    },
  ],
  'hub/databases-exist': [
    {
      when: 'the databases are not to be created',
      app: adopted({ appConfig: database({ ensureExists: false }) }),
      report: [
        `${hub}/databases-exist: ${file}.ensureExists is false, so Backstage fails on a server without its databases; ` +
          'leave it out, add a DatabaseMigration to this server, or say databasesExist: true if they are there',
      ],
    },
  ],
  'hub/tls-verification': [
    {
      when: 'verification is switched off while the database demands TLS',
      app: adopted({}, undefined, {
        after: (hub) => hub.addEnv({ name: 'NODE_TLS_REJECT_UNAUTHORIZED', value: '0', containers: ['*'] }),
      }),
      report: [
        `${hub}/tls-verification: ${envs}.envs[3]: NODE_TLS_REJECT_UNAUTHORIZED=0 switches off what tls 'require' demands; ` +
          'take it out and trust the authority of the other servers with hub.trust(…)',
      ],
    },
    ...['ConfigMap', 'Secret'].map((kind) => ({
      when: `it is switched off in a ${kind} of the app that is listed whole`,
      app: adopted({}, undefined, {
        after: (hub, stage) => {
          const content = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
          const metadata = { name: 'variables' };
          if (kind === 'Secret') new k8s.KubeSecret(stage, 'variables', { metadata, stringData: content });
          else new k8s.KubeConfigMap(stage, 'variables', { metadata, data: content });
          if (kind === 'Secret') hub.addEnvFromSecret({ name: 'variables' });
          else hub.addEnvFromConfigMap({ name: 'variables' });
        },
      }),
      report: [
        `${hub}/tls-verification: ${kind} variables, key NODE_TLS_REJECT_UNAUTHORIZED: NODE_TLS_REJECT_UNAUTHORIZED=0 switches off ` +
          "what tls 'require' demands; take it out and trust the authority of the other servers with hub.trust(…)",
      ],
    })),
    {
      when: 'it is switched off in the patch of the pod',
      app: adopted({}, undefined, {
        credentials: Credentials.fromSecret('login'),
        before: (hub) =>
          hub.addContainer(
            ContainerPatch.merge({
              name: 'backstage-backend',
              env: [{ name: 'NODE_TLS_REJECT_UNAUTHORIZED', value: '0' }],
            }),
          ),
      }),
      report: [
        `${hub}/tls-verification: spec.deployment.patch.spec.template.spec.containers[0].env[0]: NODE_TLS_REJECT_UNAUTHORIZED=0 ` +
          "switches off what tls 'require' demands; take it out and trust the authority of the other servers with hub.trust(…)",
      ],
    },
  ],
  'hub/ssl-mode': [
    {
      when: 'PGSSLMODE is written over',
      app: adopted({}, PostgresTls.verifyFull(authority), {
        after: (hub) => hub.addEnv({ name: 'PGSSLMODE', value: 'disable' }),
      }),
      report: [
        `${hub}/ssl-mode: ${envs}.envs[2]: PGSSLMODE is 'disable', but tls of the database is 'verify-full', ` +
          'for which the hub gets verify-full; take it out',
      ],
    },
    {
      when: 'it comes from a key of another Secret',
      app: adopted({}, PostgresTls.disable(), {
        after: (hub) => hub.addEnvFromSecret({ name: 'old', key: 'PGSSLMODE' }),
      }),
      report: [
        `${hub}/ssl-mode: ${envs}.secrets[0]: PGSSLMODE is key PGSSLMODE of Secret old, but tls of the database is 'disable', ` +
          'for which the hub gets disable; take it out',
      ],
    },
    {
      when: 'the patch replaces the environment after PGSSLMODE is in it (RHDH 1.7)',
      app: adopted(
        {
          backstage: backstage
            .replace(
              'spec: {}',
              'spec: { deployment: { patch: { spec: { template: { spec: { containers: [' +
                '{ name: backstage-backend, env: [{ $patch: replace }] }] } } } } } }',
            )
            .replace('v1alpha4', 'v1alpha3'),
        },
        PostgresTls.disable(),
        { release: RhdhRelease.V1_7 },
      ),
      report: [
        `${hub}/app-config: the configuration: backend.database.connection.host is 'localhost', but the hub is connected to ` +
          'db.example.com; write host: ${POSTGRES_HOST}',
        `${hub}/ssl-mode: the hub gets no PGSSLMODE: spec.deployment.patch replaces or removes variables of ` +
          'backstage-backend; leave $patch out of its env',
      ],
    },
    {
      when: 'a sidecar with the login has another one',
      app: adopted({}, undefined, {
        before: (hub) =>
          hub.addContainer(
            ContainerPatch.merge({
              name: 'reader',
              envFrom: [{ secretRef: { name: 'backstage-psql-secret-hub' } }],
              env: [{ name: 'PGSSLMODE', value: 'disable' }],
            }),
          ),
      }),
      report: [
        `${hub}/ssl-mode: PGSSLMODE of container reader is 'disable', but tls of the database is 'require'; ` +
          'take it out, the container gets what it needs',
      ],
    },
  ],
  'hub/authority': [
    {
      when: 'two authorities are to be trusted',
      app: () => {
        const { app, hub: trusting } = validApp();
        trusting.trust(CertificateAuthority.fromConfigMap('a'));
        trusting.trust(CertificateAuthority.fromSecret('b'));
        return app;
      },
      report: [
        `${hub}/authority: Node.js reads one file of authorities and 2 are given (ConfigMap a, key ca.crt; Secret b, key ca.crt); ` +
          'put all certificates into one file',
      ],
    },
    {
      when: 'the hub has a file of authorities already',
      app: adopted({}, PostgresTls.verifyFull(authority), {
        before: (hub) => hub.addEnv({ name: 'NODE_EXTRA_CA_CERTS', value: '/etc/pki/company.pem' }),
      }),
      report: [
        `${hub}/authority: Node.js reads one file of authorities and 2 are given (file /etc/pki/company.pem; ` +
          'ConfigMap postgres-ca, key ca.crt); put all certificates into one file',
      ],
    },
    {
      when: 'another file is named afterwards',
      app: adopted({}, PostgresTls.verifyFull(authority), {
        after: (hub) => hub.addEnv({ name: 'NODE_EXTRA_CA_CERTS', value: '/etc/pki/company.pem' }),
      }),
      report: [
        `${hub}/authority: ${envs}.envs[3]: NODE_EXTRA_CA_CERTS is '/etc/pki/company.pem', where ConfigMap postgres-ca, key ca.crt ` +
          'is not; take it out, or put all certificates into that one file',
      ],
    },
  ],
});
