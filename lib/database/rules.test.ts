import { Chart } from 'cdk8s';
import {
  CertificateAuthority,
  CreateDatabase,
  Credentials,
  ExternalPostgres,
  type ExternalPostgresProps,
  PostgresAddress,
  PostgresStatefulSet,
  type PostgresStatefulSetProps,
  PostgresTls,
} from '..';
import { testRefusals } from '../../test/unit/refusals';
import { validApp } from '../../test/unit/valid-app';
import { createDatabaseRules, externalPostgresRules, postgresRules, postgresStatefulsetRules } from './rules';

const external = (props: Partial<ExternalPostgresProps>) => () => {
  const { app, server } = validApp();
  new ExternalPostgres(server, 'external', {
    address: PostgresAddress.fromHost('db.example.com'),
    tls: PostgresTls.disable(),
    credentials: Credentials.fromSecret('login'),
    ...props,
  });
  return app;
};

const statefulSet = (props: Partial<PostgresStatefulSetProps>) => () => validApp({ postgres: props }).app;

const job = (databaseName: string, jobName: string) => () => {
  const { app, sonataflow, postgres } = validApp();
  new CreateDatabase(sonataflow, 'job', { postgres, databaseName, jobName });
  return app;
};

const serverWithTls = { tls: PostgresTls.require(), serverCertificate: { secretName: 'postgres-tls' } };

const database = '[0000-postgres/external] database';
const statefulset = '[0000-postgres/postgres] postgres-statefulset';
const jobRule = '[0300-sonataflow/job] create-database';
const subdomain =
  "is not a DNS-1123 subdomain of at most 253 characters; write lower-case letters, digits, '-' and '.'";
const key =
  "cannot be a key of a Secret or ConfigMap; write letters, digits, '-', '_' and '.', not beginning with '..'";
const label = "write lower-case letters, digits and '-', beginning and ending with a letter or digit";

testRefusals(
  [...postgresRules, ...externalPostgresRules, ...postgresStatefulsetRules, ...createDatabaseRules],
  {
    'database/host': [
      {
        when: 'the host is a URL',
        app: external({ address: PostgresAddress.fromHost('postgres://db') }),
        report: [
          `${database}/host: host "postgres://db" is neither a DNS name nor an IP address; write it without scheme, port or path`,
        ],
      },
    ],
    'database/port': [
      {
        when: 'the port is above 65535',
        app: external({ address: PostgresAddress.fromHost('db', 70000) }),
        report: [`${database}/port: port 70000 is not a TCP port; write a whole number from 1 to 65535`],
      },
      {
        when: 'the port is no whole number',
        app: external({ address: PostgresAddress.fromHost('db', 5432.5) }),
        report: [`${database}/port: port 5432.5 is not a TCP port; write a whole number from 1 to 65535`],
      },
    ],
    'database/secret-name': [
      {
        when: 'the name of the Secret has upper case',
        app: external({ credentials: Credentials.fromSecret('Login') }),
        report: [`${database}/secret-name: Secret "Login" ${subdomain}`],
      },
    ],
    'database/secret-key': [
      {
        when: 'a key has a space',
        app: external({ credentials: Credentials.fromSecret('login', { user: 'user name' }) }),
        report: [`${database}/secret-key: key of the user "user name" ${key}`],
      },
    ],
    'database/certificate-authority': [
      {
        when: 'the ConfigMap of the authority and its key cannot exist',
        app: external({ tls: PostgresTls.verifyCa(CertificateAuthority.fromConfigMap('CA', 'ca crt')) }),
        report: [
          `${database}/certificate-authority: ConfigMap "CA" ${subdomain}`,
          `${database}/certificate-authority: key of the authority "ca crt" ${key}`,
        ],
      },
    ],
    'database/namespace': [
      {
        when: 'the chart has no namespace',
        app: () => {
          const { app } = validApp();
          ExternalPostgres.fromSecret(new Chart(app, 'other'), 'external', {
            secretName: 'login',
            address: PostgresAddress.fromHost('db'),
            tls: PostgresTls.disable(),
          });
          return app;
        },
        report: [
          '[other/external] database/namespace: its chart has no namespace, so the address of its Service and the place of its ' +
            'Secret are not known; put it in a Stage, or give the Chart a namespace',
        ],
      },
    ],
    'database/max-connections': [
      {
        when: 'max_connections is zero',
        app: external({ maxConnections: 0 }),
        report: [
          `${database}/max-connections: maxConnections 0 is not accepted by PostgreSQL; write a whole number from 1 to 262143`,
        ],
      },
    ],
    'database/connections': [
      {
        when: 'all pools together exceed max_connections',
        app: () =>
          validApp({
            postgres: { maxConnections: 400 },
            hub: { replicas: 2, connectionPools: { plugins: 20, maxPerPlugin: 10 } },
          }).app,
        report: [
          '[0000-postgres/postgres] database/connections: clients may open 463 connections (hub hub: 400, ' +
            'data index of sonataflow-platform: 20, jobs service of sonataflow-platform, two datasources: 40, superusers: 3) ' +
            'and max_connections is 400; raise maxConnections, or make the pools smaller',
        ],
      },
    ],
    'external-postgres/service': [
      {
        when: 'the Service has a dot and its namespace upper case',
        app: external({ address: PostgresAddress.fromService('db.data', 'Data') }),
        report: [
          '[0000-postgres/external] external-postgres/service: Service "db.data" is not a DNS-1035 label of at most 63 characters, ' +
            "as Services need; write lower-case letters, digits and '-', beginning with a letter",
          `[0000-postgres/external] external-postgres/service: namespace of the Service "Data" is not a DNS-1123 label of at most 63 characters; ${label}`,
        ],
      },
    ],
    'external-postgres/credentials': [
      {
        when: 'a password is generated that the server does not know',
        app: external({ credentials: Credentials.generated() }),
        report: [
          '[0000-postgres/external] external-postgres/credentials: a generated password is unknown to a server that exists already; ' +
            'write Credentials.fromSecret(…), Credentials.externalSecret(…) or Credentials.plainText(…)',
        ],
      },
      {
        when: 'the password is empty',
        app: external({ credentials: Credentials.plainText('') }),
        report: ['[0000-postgres/external] external-postgres/credentials: the password is empty; write one'],
      },
    ],
    'postgres-statefulset/name': [
      {
        when: 'the name has an underscore',
        app: statefulSet({ name: 'hub_db' }),
        report: [
          `${statefulset}/name: name "hub_db" is not a DNS-1035 label of at most 52 characters, as Services need; ` +
            "write lower-case letters, digits and '-', beginning with a letter",
        ],
      },
      {
        when: 'the name is longer than the labels of its pods allow',
        app: statefulSet({ name: 'p'.repeat(53) }),
        report: [
          `${statefulset}/name: name "${'p'.repeat(53)}" is not a DNS-1035 label of at most 52 characters, as Services need; ` +
            "write lower-case letters, digits and '-', beginning with a letter",
        ],
      },
    ],
    'postgres-statefulset/secret-name': [
      {
        when: 'the name of the generated Secret has an underscore',
        app: statefulSet({ credentials: Credentials.generated(), secretName: 'db_login' }),
        report: [
          `[0000-postgres/postgres] database/secret-name: Secret "db_login" ${subdomain}`,
          `${statefulset}/secret-name: secretName "db_login" is not a DNS-1123 label of at most 54 characters; ${label}`,
        ],
      },
      {
        when: 'the Job that generates the Secret would have too long a name',
        app: statefulSet({ credentials: Credentials.generated(), secretName: 's'.repeat(55) }),
        report: [
          `${statefulset}/secret-name: secretName "${'s'.repeat(55)}" is not a DNS-1123 label of at most 54 characters; ${label}`,
        ],
      },
    ],
    'postgres-statefulset/replicas': [
      {
        when: 'three pods are asked for',
        app: statefulSet({ replicas: 3 }),
        report: [
          `${statefulset}/replicas: replicas 3: pods of a StatefulSet do not replicate PostgreSQL, each would hold data of its own; ` +
            'leave it at 1, or take CloudNativePG, Crunchy Postgres or a managed service with ExternalPostgres',
        ],
      },
    ],
    'postgres-statefulset/credentials': [
      {
        when: 'the password is empty',
        app: statefulSet({ credentials: Credentials.plainText('') }),
        report: [`${statefulset}/credentials: the password is empty; write one`],
      },
    ],
    'postgres-statefulset/user': [
      {
        when: 'a user is named that a new server does not have',
        app: statefulSet({ credentials: Credentials.plainText('password', 'hub') }),
        report: [
          `${statefulset}/user: user "hub" is unknown to a new server, which knows 'postgres' only; leave the user out`,
        ],
      },
    ],
    'postgres-statefulset/tls': [
      {
        when: 'TLS is demanded and the server has no certificate',
        app: statefulSet({ tls: PostgresTls.verifyFull(CertificateAuthority.fromConfigMap('postgres-ca')) }),
        report: [
          `${statefulset}/tls: tls demands 'verify-full' but the server has no certificate; ` +
            'write serverCertificate: { secretName: … } with a Secret of type kubernetes.io/tls',
        ],
      },
    ],
    'create-database/name': [
      {
        when: 'the name has more than 63 bytes',
        app: job('ü'.repeat(32), 'job'),
        report: [
          `${jobRule}/name: database "${'ü'.repeat(32)}" takes 64 bytes; ` +
            'PostgreSQL identifiers have 1 to 63 bytes and no NUL: write a shorter name',
        ],
      },
      {
        when: 'the name, which URLs hold too, has half of a surrogate pair',
        app: () => validApp({ postgres: serverWithTls, platform: { databaseName: 'flows\ud800' } }).app,
        report: [
          '[0300-sonataflow/platform/database] create-database/name: database "flows\\ud800" holds half of a surrogate pair, ' +
            'which UTF-8 has no bytes for; leave it out',
        ],
      },
    ],
    'create-database/job-name': [
      {
        when: 'the name of the Job has upper case',
        app: job('db', 'Job'),
        report: [
          `${jobRule}/job-name: jobName "Job" is not a DNS-1123 label of at most 63 characters; ${label}`,
        ],
      },
    ],
    'create-database/namespace': [
      {
        when: 'the Job is in another namespace than the Secret',
        app: () => {
          const { app, postgres } = validApp();
          const chart = new Chart(app, '0900-elsewhere', { namespace: 'elsewhere' });
          new CreateDatabase(chart, 'job', { postgres, databaseName: 'db', jobName: 'job' });
          return app;
        },
        report: [
          '[0900-elsewhere/job] create-database/namespace: the Job is in namespace elsewhere and the Secret hub-postgres-login in rhdh; ' +
            'put both into one namespace',
        ],
      },
    ],
  },
);
test('a StatefulSet is made with the name that is refused nowhere', () => {
  const { app } = validApp({ postgres: { name: 'p'.repeat(52) } });
  expect(
    app.node
      .findAll()
      .some((construct) => construct instanceof PostgresStatefulSet && construct.name.length === 52),
  ).toBe(true);
  expect(() => app.synth()).not.toThrow();
});
