import { CertificateAuthority, DynamicPlugins, PostgresTls } from '..';
import { adopted, BACKSTAGE, configMap, database } from '../../test/unit/adopted-app';
import { testRefusals } from '../../test/unit/refusals';
import { validApp } from '../../test/unit/valid-app';
import { HUB_FILE_RULES } from './rules';

const HUB = '[0200-backstage/hub] hub';
const APP_CONFIG = `${HUB}/app-config: ConfigMap config, app-config.yaml: backend.database`;

testRefusals(HUB_FILE_RULES, {
  'hub/input': [
    {
      when: 'a file is not there',
      app: () => validApp({ hub: { plugins: DynamicPlugins.fromFile('nowhere.yaml') } }).app,
      report: [`${HUB}/input: cannot read nowhere.yaml: there is no such file`],
    },
    {
      when: 'a file holds two resources',
      app: adopted({ backstage: `${BACKSTAGE}---\n${BACKSTAGE}` }),
      report: [
        /^\[0200-backstage\/hub\] hub\/input: .*backstage\.yaml: holds 2 objects of kind Backstage \(hub, hub\); it must hold exactly one$/,
      ],
    },
    {
      when: 'a file is no YAML',
      app: adopted({ backstage: 'kind: [' }),
      report: [/^\[0200-backstage\/hub\] hub\/input: .*backstage\.yaml:2:1: /],
    },
    {
      when: 'the ConfigMap has no list of plugins',
      app: adopted({ plugins: configMap('plugins.yaml', 'plugins: []') }),
      report: [
        /hub\/input: .*plugins\.yaml: the ConfigMap has no key dynamic-plugins\.yaml; write the list under data\.dynamic-plugins\.yaml$/,
      ],
    },
    {
      when: 'the list of plugins is none',
      app: adopted({ plugins: configMap('dynamic-plugins.yaml', 'plugins: { a: 1 }') }),
      report: [/hub\/input: .*plugins\.yaml: plugins is not a list; write '- package: …' for each plugin$/],
    },
    {
      when: 'the document is no map',
      app: adopted({ plugins: configMap('dynamic-plugins.yaml', '- a') }),
      report: [
        /hub\/input: .*plugins\.yaml: is not a list of dynamic plugins; write 'includes:' and 'plugins:'$/,
      ],
    },
    {
      when: 'a plugin has no package and another stands twice',
      app: adopted({
        plugins: configMap(
          'dynamic-plugins.yaml',
          'plugins: [{ disabled: true }, { package: a }, { package: a }]',
        ),
      }),
      report: [
        /hub\/input: .*plugins\.yaml: plugins\[0\] has no package; write '- package: …'$/,
        /hub\/input: .*plugins\.yaml: package a stands in the list twice; merge the two entries$/,
      ],
    },
    {
      when: 'a reference to the local Secret has no counterpart',
      app: adopted({
        backstage:
          `${BACKSTAGE.replace('spec: {}', '')}spec:\n  deployment:\n    patch:\n      spec:\n        template:\n          spec:\n` +
          '            volumes: [{ name: v, secret: { secretName: backstage-psql-secret-hub } }]\n' +
          '            containers:\n              - name: c\n                env:\n' +
          '                  - { name: A, valueFrom: { secretKeyRef: { name: backstage-psql-secret-hub, key: POSTGRES_HOST } } }\n',
      }),
      report: [
        `${HUB}/input: spec.deployment.patch.spec.template.spec.volumes[0].secret.secretName uses Secret backstage-psql-secret-hub whole, ` +
          'but the keys of Secret login have other names; change the reference in the resource, ' +
          'or give the Secret the keys POSTGRES_USER and POSTGRES_PASSWORD',
        `${HUB}/input: spec.deployment.patch.spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef reads key POSTGRES_HOST of ` +
          'Secret backstage-psql-secret-hub, which Secret login does not have; change the reference in the resource',
      ],
    },
    {
      when: 'it is connected twice',
      app: () => {
        const { app, hub: connected, postgres } = validApp();
        connected.connect(postgres);
        return app;
      },
      report: [
        `${HUB}/input: connect was called twice; a hub has one database: keep one call, on the database that the hub is to use`,
      ],
    },
  ],
  'hub/api-version': [
    {
      when: 'the release does not serve the version',
      app: adopted({ backstage: BACKSTAGE.replace('v1alpha4', 'v1alpha5') }),
      report: [
        `${HUB}/api-version: RHDH 1.8 does not serve rhdh.redhat.com/v1alpha5; write apiVersion: rhdh.redhat.com/v1alpha4`,
      ],
    },
  ],
  'hub/plugins-config-map': [
    {
      when: 'the resource and the file name different ConfigMaps',
      app: adopted({
        backstage: BACKSTAGE.replace('spec: {}', 'spec: { application: { dynamicPluginsConfigMapName: a } }'),
        plugins: configMap('dynamic-plugins.yaml', 'plugins: []'),
      }),
      report: [
        `${HUB}/plugins-config-map: the resource refers to ConfigMap a, the file holds ConfigMap config; give both one name`,
      ],
    },
  ],
  'hub/app-config': [
    {
      when: 'host, user and port are fixed',
      app: adopted({
        appConfig: database({
          client: 'pg',
          connection: { host: 'old', port: 5432, user: '${POSTGRES_USER}' },
        }),
      }),
      report: [
        `${APP_CONFIG}.connection.host is fixed; write host: \${POSTGRES_HOST}`,
        `${APP_CONFIG}.connection.port is the unquoted number 5432; write port: \${POSTGRES_PORT}`,
      ],
    },
    {
      when: 'the connection is a URL',
      app: adopted({ appConfig: database({ connection: 'postgres://old' }) }),
      report: [
        `${APP_CONFIG}.connection is a fixed URL; write host, port, user and password as \${POSTGRES_…} variables`,
      ],
    },
    {
      when: 'the connection names a database in database mode',
      app: adopted({ appConfig: database({ connection: { database: 'all' } }) }),
      report: [
        `${APP_CONFIG}.connection.database puts every plugin into one database, while each has its own in database mode; ` +
          'leave it out, or write pluginDivisionMode: schema',
      ],
    },
    {
      when: 'a plugin is kept in SQLite',
      app: adopted({ appConfig: database({ plugin: { catalog: { client: 'better-sqlite3' } } }) }),
      report: [
        `${APP_CONFIG}.plugin.catalog.client is 'better-sqlite3', which does not use PostgreSQL; write client: pg`,
      ],
    },
    {
      when: 'the databases are not to be created',
      app: adopted({ appConfig: database({ ensureExists: false }) }),
      report: [
        `${APP_CONFIG}.ensureExists is false, so Backstage fails on a server without its databases; ` +
          'leave it out, or create the databases first',
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
        PostgresTls.verifyFull(CertificateAuthority.fromConfigMap('postgres-ca')),
      ),
      report: [
        `${APP_CONFIG}.connection.ssl.rejectUnauthorized is false, which switches the verification of the server's certificate off; ` +
          'leave ssl out, the hub gets PGSSLMODE and the authority',
        `${APP_CONFIG}.plugin.catalog.connection.ssl is false, but the database demands TLS; leave ssl out`,
      ],
    },
    {
      when: 'TLS is demanded of a server that is connected without',
      app: adopted({ appConfig: database({ connection: { ssl: true } }) }, PostgresTls.disable()),
      report: [
        `${APP_CONFIG}.connection.ssl demands TLS, but the database is connected without; ` +
          'leave ssl out, or write tls of the database',
      ],
    },
    {
      when: 'the app-config is no YAML',
      app: adopted({ appConfig: configMap('app-config.yaml', 'a: [') }),
      report: [/^\[0200-backstage\/hub\] hub\/app-config: ConfigMap config, app-config\.yaml:2:1: /],
    },
  ],
});
