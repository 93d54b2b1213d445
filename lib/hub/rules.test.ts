import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AdoptedHub,
  CertificateAuthority,
  ClaimAccess,
  Credentials,
  DeploymentKind,
  DynamicPlugins,
  DynamicPluginsRoot,
  ExternalPostgres,
  HubApp,
  HubProps,
  Lightspeed,
  PostgresAddress,
  PostgresTls,
  RhdhRelease,
  Stage,
  StageKind,
} from '..';
import { testRefusals } from '../../test/unit/refusals';
import { validApp } from '../../test/unit/valid-app';
import { DYNAMIC_PLUGINS_ROOT_RULES, HUB_RULES, LIGHTSPEED_RULES } from './rules';

const hub = (props: Partial<HubProps>) => () => validApp({ hub: props }).app;

interface Files {
  readonly backstage?: string;
  readonly plugins?: string;
  readonly appConfig?: string;
}

const BACKSTAGE =
  'apiVersion: rhdh.redhat.com/v1alpha4\nkind: Backstage\nmetadata: { name: hub }\nspec: {}\n';

/** An app whose hub is adopted from files, on a server that demands TLS. */
const adopted =
  (files: Files, tls = PostgresTls.require()) =>
  () => {
    const app = new HubApp({ outdir: validApp().app.outdir });
    const stage = new Stage(app, StageKind.BACKSTAGE, { namespace: 'rhdh' });
    const write = (name: string, text: string) => {
      writeFileSync(join(app.outdir, name), text);
      return join(app.outdir, name);
    };
    const optional = (name: string, text?: string) => (text === undefined ? undefined : write(name, text));
    const appConfig = optional('app-config.yaml', files.appConfig);
    const adoptedHub = new AdoptedHub(stage, 'hub', {
      release: RhdhRelease.V1_8,
      backstageFile: write('backstage.yaml', files.backstage ?? BACKSTAGE),
      dynamicPluginsFile: optional('plugins.yaml', files.plugins),
      appConfigFiles: appConfig === undefined ? undefined : [appConfig],
    });
    adoptedHub.connect(
      new ExternalPostgres(stage, 'postgres', {
        address: PostgresAddress.fromHost('db.example.com'),
        tls,
        credentials: Credentials.fromSecret('login', { user: 'username', password: 'password' }),
      }),
    );
    return app;
  };

const configMap = (key: string, text: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: config }\ndata:\n  ${key}: |\n${text.replace(/^/gm, '    ')}\n`;

const database = (settings: object) =>
  configMap('app-config.yaml', JSON.stringify({ backend: { database: settings } }));

const HUB = '[0200-backstage/hub] hub';
const APP_CONFIG = `${HUB}/app-config: ConfigMap config, app-config.yaml: backend.database`;
const SUBDOMAIN =
  "is not a DNS-1123 subdomain of at most 253 characters; write lower-case letters, digits, '-' and '.'";

testRefusals([...HUB_RULES, ...DYNAMIC_PLUGINS_ROOT_RULES, ...LIGHTSPEED_RULES], {
  'hub/input': [
    {
      when: 'a file is not there',
      app: hub({ plugins: DynamicPlugins.fromFile('nowhere.yaml') }),
      report: [`${HUB}/input: cannot read nowhere.yaml: there is no such file`],
    },
    {
      when: 'a file holds two resources',
      app: adopted({ backstage: `${BACKSTAGE}---\n${BACKSTAGE}` }),
      report: [
        /^\[0200-backstage\/hub\] hub\/input: .*backstage\.yaml: holds 2 objects of kind Backstage; it must hold exactly one$/,
      ],
    },
    {
      when: 'a file is no YAML',
      app: adopted({ backstage: 'kind: [' }),
      report: [/^\[0200-backstage\/hub\] hub\/input: .*backstage\.yaml: .* at line 1, column 8$/],
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
  'hub/name': [
    {
      when: 'the name has upper case',
      app: hub({ name: 'Hub' }),
      report: [
        `${HUB}/name: name "Hub" is not a DNS-1123 label of at most 40 characters; ` +
          "write lower-case letters, digits and '-', beginning and ending with a letter or digit",
      ],
    },
    {
      when: 'the name is too long for the objects of the operator',
      app: hub({ name: 'h'.repeat(41) }),
      report: [
        `${HUB}/name: name "${'h'.repeat(41)}" is not a DNS-1123 label of at most 40 characters; ` +
          "write lower-case letters, digits and '-', beginning and ending with a letter or digit",
      ],
    },
  ],
  'hub/connected': [
    {
      when: 'connect was never called',
      app: () => validApp({ connect: false }).app,
      report: [
        `${HUB}/connected: hub hub has no database and would keep the operator's local one; write hub.connect(postgres)`,
      ],
    },
  ],
  'hub/namespace': [
    {
      when: 'the adopted resource is in another namespace than its stage',
      app: adopted({ backstage: BACKSTAGE.replace('name: hub', 'name: hub, namespace: other') }),
      report: [
        `${HUB}/namespace: the resource names namespace other and its stage rhdh; write one of them in both places`,
      ],
    },
    {
      when: 'the Secret of the database is in another namespace',
      app: () => {
        const { app, hub: unconnected } = validApp({ connect: false });
        const elsewhere = validApp({ namespace: 'elsewhere' });
        unconnected.connect(elsewhere.postgres);
        return app;
      },
      report: [
        `${HUB}/namespace: the hub is in namespace rhdh and Secret hub-postgres-login of its database in elsewhere; ` +
          'put both into one namespace, the server itself may be anywhere',
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
  'hub/release-field': [
    {
      when: 'RHDH 1.8 is asked for flavours and a kind of workload',
      app: hub({
        flavours: [{ name: 'lightspeed', enabled: false }],
        deploymentKind: DeploymentKind.STATEFUL_SET,
      }),
      report: [
        `${HUB}/release-field: RHDH 1.8 has no field spec.deployment.kind; 1.9 and newer have it: leave out deploymentKind`,
        `${HUB}/release-field: RHDH 1.8 has no field spec.flavours; 1.10 and newer have it: leave out flavours`,
      ],
    },
    {
      when: 'a field is gone from the release',
      app: () => {
        const app = adopted({
          backstage: BACKSTAGE.replace('spec: {}', 'spec: { application: { replicas: 2 } }').replace(
            'v1alpha4',
            'v1alpha5',
          ),
        })();
        const found = app.node.findAll().find((construct) => construct instanceof AdoptedHub) as AdoptedHub;
        Object.assign(found, { release: RhdhRelease.V1_9 });
        return app;
      },
      report: [
        `${HUB}/release-field: RHDH 1.9 has no field spec.application.replicas; releases up to 1.8 have it: ` +
          'write replicas of the Hub, which go to spec.deployment.patch',
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
  'hub/orchestrator': [
    {
      when: 'the list has the orchestrator and no stage adds it',
      app: adopted({
        plugins: configMap(
          'dynamic-plugins.yaml',
          "plugins: [{ package: '@redhat/backstage-plugin-orchestrator@1.8.2' }]",
        ),
      }),
      report: [
        `${HUB}/orchestrator: @redhat/backstage-plugin-orchestrator@1.8.2 is in the list, but no OrchestratorPlugins adds it in the ` +
          'orchestrator stage, so it would be dropped; add OrchestratorPlugins with a SonataFlowPlatform, or take it out of the list',
      ],
    },
  ],
  'hub/replicas': [
    {
      when: 'two pods share a ReadWriteOnce claim',
      app: hub({
        replicas: 2,
        dynamicPluginsRoot: DynamicPluginsRoot.fromClaimName('claim', ClaimAccess.READ_WRITE_ONCE),
      }),
      report: [
        `${HUB}/replicas: replicas 2 cannot share a ReadWriteOnce claim: on a second node the pod would wait for ever; ` +
          'write access: ClaimAccess.READ_WRITE_MANY, or onOneNode: true if all pods are meant for one node',
      ],
    },
  ],
  'hub/replicas-number': [
    {
      when: 'the number of pods is negative',
      app: hub({ replicas: -1 }),
      report: [`${HUB}/replicas-number: replicas -1 is not a number of pods; write 0 or more`],
    },
  ],
  'hub/tls-verification': [
    {
      when: 'verification is switched off while the database demands TLS',
      app: () => {
        const app = adopted({})();
        const found = app.node.findAll().find((construct) => construct instanceof AdoptedHub) as AdoptedHub;
        found.addEnv({ name: 'NODE_TLS_REJECT_UNAUTHORIZED', value: '0', containers: ['*'] });
        return app;
      },
      report: [
        `${HUB}/tls-verification: NODE_TLS_REJECT_UNAUTHORIZED=0 switches off what tls 'require' demands; ` +
          'take it out and trust the authority of the other servers with hub.trust(…)',
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
        `${HUB}/authority: Node.js reads one file of authorities and 2 are given (ConfigMap a, key ca.crt; Secret b, key ca.crt); ` +
          'put all certificates into one file',
      ],
    },
  ],
  'hub/env-name': [
    {
      when: 'a variable has a space',
      app: hub({ extraEnvs: { envs: [{ name: 'LOG LEVEL', value: 'info' }] } }),
      report: [
        `${HUB}/env-name: spec.application.extraEnvs.envs[0].name "LOG LEVEL" cannot name an environment variable; ` +
          "write letters, digits, '_', '-' and '.', beginning with no digit",
      ],
    },
  ],
  'hub/source-name': [
    {
      when: 'a Secret and a ConfigMap have impossible names',
      app: hub({ extraEnvs: { secrets: [{ name: 'A' }] }, extraFiles: { configMaps: [{ name: 'B' }] } }),
      report: [
        `${HUB}/source-name: spec.application.extraEnvs.secrets[0].name "A" ${SUBDOMAIN}`,
        `${HUB}/source-name: spec.application.extraFiles.configMaps[0].name "B" ${SUBDOMAIN}`,
      ],
    },
  ],
  'hub/secret-files': [
    {
      when: 'files of a Secret have neither key nor folder',
      app: hub({ extraFiles: { secrets: [{ name: 'certificates' }] } }),
      report: [
        `${HUB}/secret-files: spec.application.extraFiles.secrets[0] (certificates) has neither key nor mountPath; write one of them`,
      ],
    },
  ],
  'hub/volume-name': [
    {
      when: 'two keys of one ConfigMap are mounted apart',
      app: hub({
        extraFiles: {
          configMaps: [
            { name: 'files', key: 'a' },
            { name: 'files', key: 'b' },
          ],
        },
      }),
      report: [
        `${HUB}/volume-name: files is mounted twice and the operator names its volume after it; ` +
          'list it once, without key for all keys',
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
      report: [
        /^\[0200-backstage\/hub\] hub\/app-config: ConfigMap config, app-config\.yaml: .* at line \d+, column \d+$/,
      ],
    },
  ],
  'dynamic-plugins-root/name': [
    {
      when: 'the name of the claim has upper case',
      app: () => {
        const { app, backstage } = validApp();
        new DynamicPluginsRoot(backstage, 'claim', { name: 'Claim' });
        return app;
      },
      report: [`[0200-backstage/claim] dynamic-plugins-root/name: name "Claim" ${SUBDOMAIN}`],
    },
  ],
  'lightspeed/connected': [
    {
      when: 'the hub had no database yet',
      app: () => {
        const { app, backstage, hub: later, postgres } = validApp({ connect: false });
        new Lightspeed(backstage, 'lightspeed', { hub: later });
        later.connect(postgres);
        return app;
      },
      report: [
        '[0200-backstage/lightspeed] lightspeed/connected: the hub had no database when Lightspeed was added; ' +
          'write hub.connect(postgres) before it',
      ],
    },
  ],
  'lightspeed/flavour': [
    {
      when: 'the release adds Lightspeed itself',
      app: () => {
        const { app, backstage, hub: newest } = validApp({ hub: { release: RhdhRelease.V1_10 } });
        new Lightspeed(backstage, 'lightspeed', { hub: newest });
        return app;
      },
      report: [
        '[0200-backstage/lightspeed] lightspeed/flavour: RHDH 1.10 adds Lightspeed itself; leave Lightspeed out, or write ' +
          "flavours: [{ name: 'lightspeed', enabled: false }]",
      ],
    },
  ],
});
