import { isMigratedTo } from '../database/hubs-on-server';
import type { Construct } from 'constructs';
import { enforce, type Rule } from '../rules/rule';
import { connectionProblems } from './connection-problems';
import type { ConnectedHub } from './connection-problems';
import type { PodContainer } from '../configuration/environment';
import { backstageContainer } from '../operators/rhdh';
import type { IPostgres } from '../database/postgres';
import type { HubConnection } from '../configuration/hub-connections';
import { settingProblems } from './setting-problems';
import { oldServerProblems } from './old-server-problems';
import { hubDatabaseNames } from '../configuration/opened-databases';
import { describeText } from '../configuration/known-text';

/** A connected hub, and how its plugins connect. */
export interface HubOnDatabase extends ConnectedHub {
  readonly connections: readonly HubConnection[];
  /** The authorities that the hub was told to trust. */
  readonly trustedAuthorities: readonly string[];
  /** Whether the caller says that all databases are there. */
  readonly databasesExist: boolean;
  /** The external server that the hub was on; none where that was the operator's. */
  readonly left: IPostgres | undefined;
}

/** What every hub refuses of how it would reach its database, wherever that is written. */
export const hubDatabaseRules: readonly Rule<HubOnDatabase>[] = [
  {
    name: 'hub/app-config',
    refuses:
      'a configuration by which Backstage would not start, or connect to something else than its database',
    check: (hub) => [
      ...new Set([
        ...hub.effective.problems,
        ...settingProblems(hub.effective),
        ...hub.connections.flatMap((connection) => connectionProblems(connection, hub)),
      ]),
    ],
  },
  {
    name: 'hub/old-server',
    refuses: 'what still names the server that the hub leaves',
    check: (hub) => oldServerProblems(hub),
  },
  {
    name: 'hub/database-names',
    refuses:
      'plugins that would all be in one database without schemas of their own, or in one that nobody names',
    check: ({ effective, connections }) => {
      const { schemaMode, shared } = hubDatabaseNames(effective, connections);
      if (schemaMode) {
        return shared.value === undefined
          ? [
              `${shared.path} is not set, while pluginDivisionMode: schema keeps all plugins in one database; ` +
                `write ${shared.path}`,
            ]
          : [];
      }
      return connections.flatMap(({ url }) =>
        url?.path.endsWith('.connectionString') === true
          ? [
              `${url.place}: ${url.path} puts every plugin into one database, while each has its own in database mode; ` +
                'write host, port, user and password as ${POSTGRES_…} variables, or pluginDivisionMode: schema',
            ]
          : [],
      );
    },
  },
  {
    name: 'hub/databases-exist',
    refuses: 'databases that the hub is not to create, and that nothing else does',
    check: ({ connections, database, databasesExist }) =>
      databasesExist || isMigratedTo(database)
        ? []
        : [
            ...new Set(
              connections
                .filter(({ ensureExists }) => !ensureExists.value)
                .map(
                  ({ ensureExists: { place, path } }) =>
                    `${place}: ${path} is false, so Backstage fails on a server without its databases; ` +
                    'leave it out, add a DatabaseMigration to this server, or say databasesExist: true if they are there',
                ),
            ),
          ],
  },
  {
    name: 'hub/tls-verification',
    refuses: 'TLS verification switched off in a hub whose database demands TLS',
    check: ({ database, effective }) =>
      database.tls.enabled && effective.writtenVariable('NODE_TLS_REJECT_UNAUTHORIZED') === '0'
        ? [
            `${effective.variablePlace('NODE_TLS_REJECT_UNAUTHORIZED')}: NODE_TLS_REJECT_UNAUTHORIZED=0 switches off what tls ` +
              `'${database.tls.mode}' demands; take it out and trust the authority of the other servers with hub.trust(…)`,
          ]
        : [],
  },
  {
    name: 'hub/ssl-mode',
    refuses: 'a PGSSLMODE that is not what the database demands',
    check: (hub) => [
      ...backstageMode(hub),
      ...hub.effective.containers.flatMap((one) => sidecarMode(one, hub)),
    ],
  },
  {
    name: 'hub/authority',
    refuses: 'a second authority, which Node.js would not read',
    check: ({ trustedAuthorities, database, effective }) => {
      if (trustedAuthorities.length > 1) {
        return [
          `Node.js reads one file of authorities and ${trustedAuthorities.length} are given ` +
            `(${trustedAuthorities.join('; ')}); put all certificates into one file`,
        ];
      }
      const { authority } = database.tls;
      const path = effective.variable('NODE_EXTRA_CA_CERTS');
      const file = path === undefined ? undefined : effective.file(path);
      return authority === undefined ||
        (file?.kind === authority.kind && file.name === authority.name && file.key === authority.key)
        ? []
        : [
            `${effective.variablePlace('NODE_EXTRA_CA_CERTS')}: NODE_EXTRA_CA_CERTS is ` +
              `${path === undefined ? 'not set' : describeText(path)}, where ${authority.kind} ${authority.name}, ` +
              `key ${authority.key} is not; take it out, or put all certificates into that one file`,
          ];
    },
  },
];

function backstageMode({ database, effective }: HubOnDatabase): string[] {
  const mode = effective.variable('PGSSLMODE');
  if (mode === undefined) {
    return [
      'the hub gets no PGSSLMODE: spec.deployment.patch replaces or removes variables of backstage-backend; ' +
        'leave $patch out of its env',
    ];
  }
  return mode === database.tls.nodeMode
    ? []
    : [
        `${effective.variablePlace('PGSSLMODE')}: PGSSLMODE is ${describeText(mode)}, ` +
          `but tls of the database is '${database.tls.mode}', for which the hub gets ${database.tls.nodeMode}; take it out`,
      ];
}

/** A container that has the login, too. */
function sidecarMode(container: PodContainer, { database, effective }: HubOnDatabase): string[] {
  const { secret, tls } = database;
  const hasLogin =
    container.envFrom?.some(({ secretRef }) => secretRef?.name === secret.name) === true ||
    container.env?.some(({ valueFrom }) => valueFrom?.secretKeyRef?.name === secret.name) === true;
  const mode = effective.environmentOf(container).get('PGSSLMODE');
  const stated = container.env?.some(({ name }) => name === 'PGSSLMODE') === true;
  return container.name === backstageContainer ||
    !hasLogin ||
    !stated ||
    mode === undefined ||
    mode === tls.mode
    ? []
    : [
        `PGSSLMODE of container ${container.name} is ${describeText(mode)}, but tls of the database is '${tls.mode}'; ` +
          'take it out, the container gets what it needs',
      ];
}

/** Checks a hub against {@link hubDatabaseRules}, once it is connected. */
export function enforceIfConnected(scope: Construct, subject: () => HubOnDatabase | undefined): void {
  const rules = hubDatabaseRules.map((rule): Rule<HubOnDatabase | undefined> => ({
    ...rule,
    check: (hub) => (hub === undefined ? [] : rule.check(hub)),
  }));
  enforce(scope, rules, subject);
}
