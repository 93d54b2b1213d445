import { type CertificateAuthority, PostgresTls, type RhdhRelease, Stage, type StageKind } from '..';
import { testRefusals } from '../../test/unit/refusals';
import { validApp } from '../../test/unit/valid-app';
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
  'api/unknown': [
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
