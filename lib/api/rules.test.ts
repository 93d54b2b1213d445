import { Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import {
  type CertificateAuthority,
  Credentials,
  LocalPostgres,
  PostgresTls,
  type RhdhRelease,
  Stage,
  StageKind,
} from '..';
import { testRefusals } from '../../test/unit/refusals';
import { problemsOf, validApp } from '../../test/unit/valid-app';
import { apiRules } from './rules';

const never = (value: unknown) => value as never;
const noAuthority = undefined as unknown as CertificateAuthority;
const releases =
  'RhdhRelease.V1_7, RhdhRelease.V1_8, RhdhRelease.V1_9, RhdhRelease.V1_10 or RhdhRelease.V2_0';
const postgres = '[0000-postgres/postgres]';
const hub = '[0200-backstage/hub]';

testRefusals(apiRules, {
  'api/missing': [
    {
      when: 'a hub has no release',
      app: () => validApp({ hub: { release: undefined as unknown as RhdhRelease } }).app,
      report: [`${hub} api/missing: release is missing; write ${releases}`],
    },
    {
      when: 'a value that the construct gets was made without what it needs',
      app: () => validApp({ postgres: { tls: PostgresTls.verifyFull(noAuthority) } }).app,
      report: [
        `${postgres} api/missing: tls: PostgresTls.verifyFull: authority is missing; ` +
          'write CertificateAuthority.fromSecret(…) or CertificateAuthority.fromConfigMap(…)',
      ],
    },
  ],
  'api/type': [
    {
      when: 'a size is a text',
      app: () => validApp({ postgres: { size: never('20Gi') } }).app,
      report: [
        `${postgres} api/type: size is '20Gi', a text; write Size.kibibytes(…), Size.mebibytes(…), Size.gibibytes(…), ` +
          'Size.tebibytes(…) or Size.pebibyte(…)',
      ],
    },
    {
      when: 'credentials are a text, which may be the password and is not shown',
      app: () => validApp({ postgres: { credentials: never('hunter2') } }).app,
      report: [
        `${postgres} api/type: credentials is a text; write Credentials.fromSecret(…), Credentials.generated(…), ` +
          'Credentials.plainText(…) or Credentials.externalSecret(…)',
      ],
    },
    {
      when: 'a number is none',
      app: () => validApp({ hub: { replicas: NaN } }).app,
      report: [`${hub} api/type: replicas is NaN; write a number`],
    },
    {
      when: 'a field of Kubernetes is wrong, deep in a struct',
      app: () => validApp({ postgres: { resources: { limits: { cpu: never('2') } } } }).app,
      report: [
        `${postgres} api/type: resources.limits.cpu is '2', a text; ` +
          'write k8s.Quantity.fromString(…) or k8s.Quantity.fromNumber(…)',
      ],
    },
    {
      when: 'the kind of a stage is a text of its own, and the stage is not built upon',
      app: () => {
        const { app } = validApp();
        new Stage(app, 'postgres' as StageKind, { namespace: 'rhdh' });
        return app;
      },
      report: [
        "[postgres] api/type: kind is 'postgres', a text; write StageKind.POSTGRES, StageKind.MIGRATION, " +
          'StageKind.BACKSTAGE, StageKind.SONATAFLOW, StageKind.ORCHESTRATOR or StageKind.WORKFLOWS',
      ],
    },
    {
      when: 'a hub is connected to a text',
      app: () => {
        const { app, hub: connected } = validApp({ connect: false });
        connected.connect(never('db.example.com'));
        return app;
      },
      report: [
        `${hub} api/type: connect: database is 'db.example.com', a text; write ExternalPostgres.fromSecret(…), ` +
          'new ExternalPostgres(…), new LocalPostgres(…) or new PostgresStatefulSet(…)',
      ],
    },
  ],
  'api/value': [
    {
      when: 'a StorageClass has a name that none can have',
      app: () => validApp({ postgres: { storageClassName: 'Fast disks' } }).app,
      report: [
        `${postgres} api/value: storageClassName "Fast disks" is not a DNS-1123 subdomain of at most 253 characters; ` +
          "write lower-case letters, digits, '-' and '.'",
      ],
    },
    {
      when: 'a volume has no size',
      app: () => validApp({ postgres: { size: Size.gibibytes(0) } }).app,
      report: [`${postgres} api/value: size is 0Gi; write a size above 0`],
    },
    {
      when: 'a quantity of Kubernetes is none',
      app: () =>
        validApp({ postgres: { resources: { limits: { cpu: k8s.Quantity.fromString('2 CPUs') } } } }).app,
      report: [
        `${postgres} api/value: resources.limits.cpu "2 CPUs" is no quantity of Kubernetes; ` +
          "write a number with a unit, such as '500m', '1Gi' or '2'",
      ],
    },
    {
      when: 'the host of a Route is a URL',
      app: () => validApp({ hub: { route: { host: 'https://hub.example.com/' } } }).app,
      report: [
        `${hub} api/value: route.host "https://hub.example.com/" is not a DNS-1123 subdomain of at most 253 characters; ` +
          "write lower-case letters, digits, '-' and '.'",
      ],
    },
    {
      when: 'a label has a blank',
      app: () => {
        const { app } = validApp();
        new Stage(app, StageKind.WORKFLOWS, { namespace: 'rhdh', labels: { team: 'our portal' } });
        return app;
      },
      report: [
        '[0500-workflows] api/value: labels.team "our portal" is no value of a label; write at most 63 letters, ' +
          "digits, '-', '_' and '.', beginning and ending with a letter or digit",
      ],
    },
    {
      when: 'a store is to be read again at no time',
      app: () =>
        validApp({
          postgres: {
            credentials: Credentials.externalSecret({
              storeName: 'vault',
              remoteKey: 'a',
              refreshInterval: 'daily',
            }),
          },
        }).app,
      report: [
        `${postgres} api/value: credentials: Credentials.externalSecret: refreshInterval "daily" is no duration of Go; ` +
          "write a number with its unit, such as '30s', '15m' or '1h'",
      ],
    },
  ],
  'api/taken': [
    {
      when: 'two stages are of one kind',
      app: () => {
        const { app } = validApp();
        const stage = new Stage(app, StageKind.POSTGRES, { namespace: 'rhdh' });
        new LocalPostgres(stage, 'local', { hub: 'hub' });
        return app;
      },
      report: [
        /^\[unknown-\d\] api\/taken: the app has a stage 0000-postgres already; put what belongs to it into that one$/,
      ],
    },
    {
      when: 'two constructs of one scope have one id',
      app: () => {
        const { app, server } = validApp();
        new LocalPostgres(server, 'postgres', { hub: 'hub' });
        return app;
      },
      report: [
        "[0000-postgres/unknown-1] api/taken: id 'postgres' is that of another construct in 0000-postgres; write another",
      ],
    },
  ],
  'api/unknown': [
    {
      when: 'the class was renamed by a bundler',
      app: () => {
        const { app } = validApp();
        const { name } = Stage;
        Object.defineProperty(Stage, 'name', { value: 'a', configurable: true });
        new Stage(app, StageKind.WORKFLOWS, never({ namespace: 'rhdh', name: 'a' }));
        Object.defineProperty(Stage, 'name', { value: name, configurable: true });
        return app;
      },
      report: [/^\[0500-workflows\] api\/unknown: name is no property of StageProps; /],
    },
    {
      when: 'a property is misspelt',
      app: () => validApp({ hub: { extraEnv: {} } as never }).app,
      report: [`${hub} api/unknown: extraEnv is no property of HubProps; did you mean extraEnvs?`],
    },
    {
      when: 'a property is of something else',
      app: () =>
        validApp({ hub: { connectionPools: { plugins: 1, maxPerPlugin: 1, zone: 1 } } as never }).app,
      report: [
        `${hub} api/unknown: connectionPools.zone is no property of HubConnectionPools; ` +
          'leave it out, or write one of plugins, maxPerPlugin',
      ],
    },
  ],
});

test.each(['Stage2', '_Stage', 'Stage', 'OurStage'])(
  '%s, which extends a class of ours, has properties of its own',
  (name) => {
    const { app } = validApp();
    const classes = { [name]: class extends Stage {} };
    new classes[name](app, StageKind.WORKFLOWS, never({ namespace: 'rhdh', team: 'portal' }));
    expect(problemsOf(app)).toEqual([]);
  },
);
