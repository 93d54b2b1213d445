import { isIP } from 'node:net';
import type { IConstruct } from 'constructs';
import {
  keyProblem,
  labelProblem,
  portProblem,
  postgresIdentifierProblem,
  serviceNameProblem,
  subdomainProblem,
} from '../rules/names';
import { areApart } from '../rules/one-namespace';
import type { Rule } from '../rules/rule';
import { demandsOn, reservedConnections } from './connection-demand';
import type { CreateDatabaseProps } from './create-database';
import type { DatabaseSecret } from './database-secret';
import type { ExternalPostgresProps } from './external-postgres';
import type { IPostgres } from './postgres';
import type { PostgresStatefulSetProps } from './postgres-statefulset';
import { loginParts } from './secret-keys';

const hostNamePattern =
  /^(?=.{1,253}$)[A-Za-z0-9]([-A-Za-z0-9]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([-A-Za-z0-9]{0,61}[A-Za-z0-9])?)*$/;

/**
 * Longest name of a StatefulSet, in characters: its pods carry a label of the name and 11 more
 * (`controller-revision-hash`), and labels have at most 63.
 */
const statefulsetNameLength = 52;

/** What PostgreSQL accepts (PostgreSQL manual, 20.3.1). */
function isMaxConnections(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 262143;
}

/** What every PostgreSQL refuses. */
export const postgresRules: readonly Rule<IPostgres>[] = [
  {
    name: 'database/host',
    refuses: 'a host that is neither a DNS name nor an IP address',
    check: ({ address: { host, serviceName } }) =>
      serviceName !== undefined || hostNamePattern.test(host) || isIP(host) !== 0
        ? []
        : [
            `host ${JSON.stringify(host)} is neither a DNS name nor an IP address; write it without scheme, port or path`,
          ],
  },
  {
    name: 'database/port',
    refuses: 'a port that is no TCP port',
    check: ({ address }) => portProblem('port', address.port),
  },
  {
    name: 'database/secret-name',
    refuses: 'a name that no Secret can have',
    check: ({ secret }) => subdomainProblem('Secret', secret.name),
  },
  {
    name: 'database/secret-key',
    refuses: 'a name that no key of a Secret can have',
    check: ({ secret }) =>
      loginParts.flatMap((part) => {
        const key = secret._keys()[part];
        return key === undefined ? [] : keyProblem(`key of the ${part}`, key);
      }),
  },
  {
    name: 'database/certificate-authority',
    refuses: 'an authority whose Secret, ConfigMap or key cannot exist',
    check: ({ tls: { authority } }) =>
      authority === undefined
        ? []
        : [
            ...subdomainProblem(authority.kind, authority.name),
            ...keyProblem('key of the authority', authority.key),
          ],
  },
  {
    name: 'database/namespace',
    refuses: 'a database in a chart without namespace',
    check: ({ namespace }) =>
      namespace === undefined
        ? [
            'its chart has no namespace, so the address of its Service and the place of its Secret are not known; ' +
              'put it in a Stage, or give the Chart a namespace',
          ]
        : [],
  },
  {
    name: 'database/max-connections',
    refuses: 'a max_connections that PostgreSQL does not accept',
    check: ({ maxConnections }) =>
      maxConnections === undefined || isMaxConnections(maxConnections)
        ? []
        : [
            `maxConnections ${maxConnections} is not accepted by PostgreSQL; write a whole number from 1 to 262143`,
          ],
  },
  {
    name: 'database/connections',
    refuses: 'clients that may together open more connections than the server accepts',
    check: (postgres) => {
      const demands = demandsOn(postgres);
      const most = demands.reduce((sum, { connections }) => sum + connections, reservedConnections);
      const { maxConnections } = postgres;
      if (maxConnections === undefined || !isMaxConnections(maxConnections) || most <= maxConnections) {
        return [];
      }
      const superusers = { client: 'superusers', connections: reservedConnections };
      const list = [...demands, superusers]
        .map(({ client, connections }) => `${client}: ${connections}`)
        .join(', ');
      return [
        `clients may open ${most} connections (${list}) and max_connections is ` +
          `${maxConnections}; raise maxConnections, or make the pools smaller`,
      ];
    },
  },
];

/** What an {@link ExternalPostgresProps | ExternalPostgres} refuses beside. */
export const externalPostgresRules: readonly Rule<ExternalPostgresProps>[] = [
  {
    name: 'external-postgres/service',
    refuses: 'a Service or namespace of a name that none can have',
    check: ({ address: { serviceName, serviceNamespace } }) =>
      serviceName === undefined
        ? []
        : [
            ...serviceNameProblem('Service', serviceName),
            ...labelProblem('namespace of the Service', serviceNamespace ?? ''),
          ],
  },
  {
    name: 'external-postgres/credentials',
    refuses: 'a generated password, or one that no variable can hold, for a server that exists already',
    check: ({ credentials }) =>
      credentials.source === 'generated'
        ? [
            'a generated password is unknown to a server that exists already; ' +
              'write Credentials.fromSecret(…), Credentials.externalSecret(…) or Credentials.plainText(…)',
          ]
        : [...credentials._problems],
  },
];

/** What a {@link PostgresStatefulSetProps | PostgresStatefulSet} refuses beside. */
export const postgresStatefulsetRules: readonly Rule<
  PostgresStatefulSetProps & { readonly secret: DatabaseSecret }
>[] = [
  {
    name: 'postgres-statefulset/name',
    refuses: 'a name that the StatefulSet, its pods or its Service cannot have',
    check: ({ name }) => serviceNameProblem('name', name, statefulsetNameLength),
  },
  {
    name: 'postgres-statefulset/secret-name',
    refuses: 'a generated Secret whose Job would have too long a name',
    check: ({ secret, credentials }) =>
      credentials.source === 'generated'
        ? labelProblem('secretName', secret.name, 63 - 'generate-'.length)
        : [],
  },
  {
    name: 'postgres-statefulset/replicas',
    refuses: 'a number of pods other than one',
    check: ({ replicas }) =>
      replicas === undefined || replicas === 1
        ? []
        : [
            `replicas ${replicas}: pods of a StatefulSet do not replicate PostgreSQL, each would hold data of its own; ` +
              'leave it at 1, or take CloudNativePG, Crunchy Postgres or a managed service with ExternalPostgres',
          ],
  },
  {
    name: 'postgres-statefulset/credentials',
    refuses: 'a password or user that no variable can hold, and a generated password of no sensible length',
    check: ({ credentials }) => [...credentials._problems],
  },
  {
    name: 'postgres-statefulset/user',
    refuses: 'a user that the new server would not have',
    check: ({ credentials: { _user: user } }) =>
      user === undefined || user === '' || user === 'postgres'
        ? []
        : [
            `user ${JSON.stringify(user)} is unknown to a new server, which knows 'postgres' only; leave the user out`,
          ],
  },
  {
    name: 'postgres-statefulset/tls',
    refuses: 'TLS demanded of a server that offers none',
    check: ({ tls, serverCertificate }) =>
      tls?.enabled === true && serverCertificate === undefined
        ? [
            `tls demands '${tls.mode}' but the server has no certificate; ` +
              'write serverCertificate: { secretName: … } with a Secret of type kubernetes.io/tls',
          ]
        : [],
  },
];

/** What a {@link CreateDatabaseProps | CreateDatabase} refuses. */
export const createDatabaseRules: readonly Rule<
  CreateDatabaseProps & { readonly job: IConstruct; readonly namespace?: string }
>[] = [
  {
    name: 'create-database/name',
    refuses: 'a name that PostgreSQL cannot keep whole',
    check: ({ databaseName }) => postgresIdentifierProblem('database', databaseName),
  },
  {
    name: 'create-database/job-name',
    refuses: 'a name that a Job cannot have',
    check: ({ jobName }) => labelProblem('jobName', jobName),
  },
  {
    name: 'create-database/namespace',
    refuses: 'a Job in another namespace than the Secret of its server',
    check: ({ postgres, job, namespace }) =>
      areApart(postgres, job)
        ? [
            `the Job is in namespace ${namespace} and the Secret ${postgres.secret.name} in ${postgres.namespace}; ` +
              'put both into one namespace',
          ]
        : [],
  },
];
