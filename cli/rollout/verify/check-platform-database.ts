import {
  jdbcUrlVariable,
  platformServices,
  propertiesName,
  reactiveUrlVariable,
  serviceName,
} from 'cdk8s-rhdh/operators';
import { displayName, type KubeObject } from '../kubernetes/object';
import type { ObjectSet } from '../gates/object-set';
import { isServiceEnabled } from '../gates/platform-services';
import { serviceJdbcUrl } from '../gates/sonataflow-platform';
import { checked } from './check-result';
import type { Check } from '../event';
import { containersOf, environmentOf } from '../servers/container-variables';
import { runningPods } from './check-hub-environment';
import { addressOfUrl, addressText, type DatabaseAddress } from '../servers/database-address';

/** A place where a service is told its database. */
interface Setting {
  /** `Deployment/x, QUARKUS_DATASOURCE_JDBC_URL` */
  readonly where: string;
  readonly url: string;
}

const variables = [jdbcUrlVariable, reactiveUrlVariable];
const reactiveProperty = /^\s*quarkus\.datasource\.reactive\.url\s*[=:]\s*(\S+)\s*$/m;

/**
 * Data index and jobs service point at the same database, the one that the platform names: in the Deployments, in
 * the pods that run, and by the jobs service's second, reactive connection, which the operator may leave behind
 * when the persistence changes.
 */
export function checkPlatformDatabase(platform: KubeObject, objects: ObjectSet): Check {
  const { namespace } = platform.metadata;
  const services = platformServices.filter(({ field }) => isServiceEnabled(platform, field));
  const problems: string[] = [];
  const found: { where: string; address: DatabaseAddress }[] = [];
  for (const service of services) {
    const name = serviceName(platform.metadata.name, service.suffix);
    const deployment = objects.get('Deployment.apps', namespace, name);
    if (deployment === undefined) {
      problems.push(`there is no Deployment/${name}`);
      continue;
    }
    if (runningPods(deployment, objects).length === 0) problems.push(`no pod of Deployment/${name} runs`);
    const settings = settingsOf(deployment, objects);
    if (settings.length === 0) problems.push(`Deployment/${name} has no variable ${variables[0]}`);
    const asked = serviceJdbcUrl(platform, service);
    const wanted = asked === undefined ? undefined : addressOfUrl(asked, namespace);
    for (const { where, url } of settings) {
      const address = addressOfUrl(url, namespace);
      if (address === undefined) {
        problems.push(`${where} is no URL of a PostgreSQL database`);
      } else if (wanted !== undefined && addressText(address) !== addressText(wanted)) {
        problems.push(`${where} leads to ${addressText(address)}, not to ${addressText(wanted)}`);
      } else {
        found.push({ where, address });
      }
    }
  }
  const texts = [...new Set(found.map(({ address }) => addressText(address)))];
  if (texts.length > 1) {
    problems.push(
      `its services have different databases: ${found.map(({ where, address }) => `${where} leads to ${addressText(address)}`).join('; ')}`,
    );
  }
  const titles = services.map(({ title }) => title).join(' and ');
  return checked('orchestrator-database', displayName(platform), `${titles} on ${texts[0] ?? ''}`, problems);
}

/** Everything that tells a service's Deployment, and each pod of it, where the database is. */
function settingsOf(deployment: KubeObject, objects: ObjectSet): Setting[] {
  const { namespace, name } = deployment.metadata;
  const carriers = [deployment, ...runningPods(deployment, objects)];
  const byVariable = carriers.flatMap((carrier) =>
    containersOf(carrier).flatMap((container) => {
      const environment = environmentOf(container, namespace, objects);
      return variables.flatMap((variable): Setting[] => {
        const url = environment.get(variable)?.value;
        return url === undefined ? [] : [{ where: `${displayName(carrier)}, ${variable}`, url }];
      });
    }),
  );
  const properties: string =
    objects.get('ConfigMap', namespace, propertiesName(name))?.data?.['application.properties'] ?? '';
  const url = reactiveProperty.exec(properties)?.[1];
  // A variable wins over a property (Quarkus, Configuration Reference).
  const overridden = byVariable.some(({ where }) => where.endsWith('REACTIVE_URL'));
  return url === undefined || overridden
    ? byVariable
    : [...byVariable, { where: `ConfigMap/${propertiesName(name)}, quarkus.datasource.reactive.url`, url }];
}
