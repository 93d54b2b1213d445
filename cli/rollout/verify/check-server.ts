import type { OpenedDatabases } from 'cdk8s-rhdh/configuration';
import { platformServices } from 'cdk8s-rhdh/operators';
import { displayName, type KubeObject } from '../kubernetes/object';
import { backstageWorkload } from '../gates/backstage';
import type { ObjectSet } from '../gates/object-set';
import { isServiceEnabled } from '../gates/platform-services';
import { serviceJdbcUrl } from '../gates/sonataflow-platform';
import type { RolloutObject } from '../stages/rollout-stage';
import { checked } from './check-result';
import type { Check } from '../event';
import { containersOf, environmentOf } from '../servers/container-variables';
import { hubLogin, runningPods } from './check-hub-environment';
import { connectableDatabases, hubDatabases, isHubDatabase, sharedDatabase } from '../servers/hub-databases';
import { addressOfUrl, isSameServer } from '../servers/database-address';
import { canonicalHost } from 'cdk8s-rhdh/operators';
import { isTlsDemanded } from './server-job';
import type { ServerAnswer } from './server-script';

/** What the server's answer must say of a hub. */
export interface Expectation {
  /** `Backstage/developer-hub` */
  readonly hub: string;
  /** PGSSLMODE of the hub. */
  readonly sslMode?: string;
  readonly hubDatabases: OpenedDatabases;
  /** Databases that the bundles name. */
  readonly databases: readonly string[];
  /** Addresses of the hub's pods. */
  readonly podAddresses: readonly string[];
}

/** What bundles and cluster say that the server must answer. */
export function expectationOf(
  backstage: KubeObject,
  items: readonly RolloutObject[],
  objects: ObjectSet,
): Expectation {
  const workload = backstageWorkload(backstage, objects) as KubeObject;
  const login = hubLogin(workload, objects);
  const { namespace } = backstage.metadata;
  const server = {
    host: canonicalHost(login?.get('POSTGRES_HOST')?.value ?? '', namespace),
    port: login?.get('POSTGRES_PORT')?.value ?? '5432',
  };
  const platforms = items.map(({ object }) => object).filter(({ kind }) => kind === 'SonataFlowPlatform');
  const ofServices = platforms.flatMap((platform) =>
    platformServices
      .filter(({ field }) => isServiceEnabled(platform, field))
      .map((service) => addressOfUrl(serviceJdbcUrl(platform, service) ?? '', platform.metadata.namespace))
      .filter((address) => address !== undefined && isSameServer(address, server))
      .map((address) => address?.database as string),
  );
  return {
    hub: displayName(backstage),
    sslMode: login?.get('PGSSLMODE')?.value,
    hubDatabases: hubDatabases(backstage, workload, objects),
    databases: [...new Set([...ofServices, ...createdDatabases(items, objects)])],
    podAddresses: runningPods(workload, objects).flatMap(({ status }) => (status?.podIP as string) ?? []),
  };
}

/** Judges the server's answer. */
export function checkAnswer(answer: ServerAnswer, expected: Expectation): Check[] {
  return [checkTls(answer, expected), checkDatabases(answer, expected), checkConnected(answer, expected)];
}

function checkTls({ version, ssl, tls, connections }: ServerAnswer, expected: Expectation): Check {
  const { hub, sslMode } = expected;
  const server = `PostgreSQL ${version}`;
  if (!isTlsDemanded(sslMode)) {
    return checked(
      'server-tls',
      hub,
      `${server}; no TLS is demanded, ${ssl ? `${tls} is used` : 'none is used'}`,
      [],
    );
  }
  const plain = connections.filter((one) => !one.ssl && isHubDatabase(one.database, expected.hubDatabases));
  return checked('server-tls', hub, `${server} with ${tls}, as PGSSLMODE=${sslMode} demands`, [
    ...(ssl ? [] : [`${server} answers without TLS, but PGSSLMODE=${sslMode} demands it`]),
    ...plain.map(
      ({ database, count }) => `${count} of the hub's connections to ${database} are not encrypted`,
    ),
  ]);
}

function checkDatabases(
  { databases, database, schemas }: ServerAnswer,
  { hub, hubDatabases: own, databases: named }: Expectation,
): Check {
  const check = 'server-databases';
  const shared = sharedDatabase(own);
  const wanted = [...new Set([...(shared === undefined ? [] : [shared]), ...named])];
  const missing = wanted
    .filter((name) => !databases.includes(name))
    .map((name) => `there is no database ${name}`);
  if (own.unread.length > 0 && missing.length === 0) {
    const message = `which databases are the hub's is not known: ${own.unread.join('; ')}`;
    return { check, subject: hub, outcome: 'skipped', message, problems: [] };
  }
  const ofHub = databases.filter((name) => isHubDatabase(name, own));
  const ofPlugins = schemas.filter((name) => name !== 'public');
  const isEmpty = shared !== undefined && shared === database && ofPlugins.length === 0;
  const inSchemas = shared === database && !isEmpty ? ` with ${ofPlugins.length} schemas` : '';
  return checked(
    check,
    hub,
    `${ofHub.length} of the hub${inSchemas}${named.length === 0 ? '' : `, and ${named.join(', ')}`}`,
    [
      ...(own.prefix !== undefined && ofHub.length === 0
        ? [`there is no database of the hub: none begins with ${own.prefix}`]
        : []),
      ...(isEmpty ? [`database ${shared} has no schema of a plugin`] : []),
      ...missing,
    ],
  );
}

function checkConnected({ connections }: ServerAnswer, expected: Expectation): Check {
  const { hub, podAddresses } = expected;
  const ofHub = connections.filter(({ database }) => isHubDatabase(database, expected.hubDatabases));
  const sum = (rows: typeof ofHub) => rows.reduce((total, { count }) => total + count, 0);
  const fromPods = ofHub.filter(({ address }) => address !== null && podAddresses.includes(address));
  const place = fromPods.length > 0 ? `, ${sum(fromPods)} from its pods` : '';
  return checked(
    'hub-connected',
    hub,
    `${new Set(ofHub.map(({ database }) => database)).size} databases with ${sum(ofHub)} connections${place}`,
    ofHub.length === 0 ? ['nobody is connected to a database of the hub with its user'] : [],
  );
}

/** Databases from which the server can be asked: those of the hub, and the maintenance databases of the bundles' Jobs. */
export function databasesToAsk(
  { hubDatabases: own }: Expectation,
  items: readonly RolloutObject[],
  objects: ObjectSet,
): string[] {
  const ofJobs = ['MAINTENANCE_DATABASE', 'TARGET_MAINTENANCE_DATABASE'].flatMap((name) =>
    variablesOfJobs(items, objects, name).flatMap((value) => value.split('\n')),
  );
  return [...new Set([...connectableDatabases(own), ...ofJobs, 'postgres'])];
}

/** Databases that Jobs of the bundles create. */
function createdDatabases(items: readonly RolloutObject[], objects: ObjectSet): string[] {
  return variablesOfJobs(items, objects, 'DATABASE_NAME', 'PGHOST');
}

/** Values of a variable in the Jobs of the bundles, in containers that have another one beside it. */
function variablesOfJobs(
  items: readonly RolloutObject[],
  objects: ObjectSet,
  name: string,
  beside = name,
): string[] {
  return items
    .filter(({ object }) => object.kind === 'Job')
    .flatMap(({ object }) =>
      containersOf(object).flatMap((container) => {
        const environment = environmentOf(container, object.metadata.namespace, objects);
        const value = environment.has(beside) ? environment.get(name)?.value : undefined;
        return value === undefined ? [] : [value];
      }),
    );
}
