import { openedDatabases, type OpenedDatabases } from 'cdk8s-rhdh/configuration';
import type { KubeObject } from '../kubernetes/object';
import type { ObjectSet } from '../gates/object-set';
import { hubConfiguration } from './hub-configuration';

/** The databases that a hub opens for its plugins, by what Backstage sees in the cluster. */
export function hubDatabases(
  backstage: KubeObject,
  workload: KubeObject,
  objects: ObjectSet,
): OpenedDatabases {
  const configuration = hubConfiguration(backstage, workload, objects);
  const opened = openedDatabases(configuration);
  return { ...opened, unread: [...configuration.problems, ...opened.unread] };
}

/** Whether a database is one of the hub's; each may be where it is not known which are. */
export function isHubDatabase(name: string, { prefix, names, unread }: OpenedDatabases): boolean {
  return unread.length > 0 || names.includes(name) || (prefix !== undefined && name.startsWith(prefix));
}

/** The database of all plugins in schema mode. */
export function sharedDatabase({ prefix, names: [first] }: OpenedDatabases): string | undefined {
  return prefix === undefined ? first : undefined;
}

/** The databases that the hub's login may surely connect to, the ones that are meant first. */
export function connectableDatabases({ prefix, names }: OpenedDatabases): string[] {
  // Every hub has a catalog.
  return [...names, ...(prefix === undefined ? [] : [`${prefix}catalog`])];
}
