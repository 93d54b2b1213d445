import type { k8s } from 'cdk8s-plus-28';
import type { Connectable } from './connectable';
import { loginParts, type LoginPart } from './secret-keys';

/** Names of variables for the parts of a login; a part without name is left out. */
export type LoginNames = Readonly<Record<LoginPart, string | undefined>>;

/** The variable `name`, read from a key of the database's Secret. */
function secretVariable(database: Connectable, name: string, key: string): k8s.EnvVar {
  return { name, valueFrom: { secretKeyRef: { name: database.secret.name, key } } };
}

/**
 * One variable for each part of the login, under the given names: from the Secret where it holds the part,
 * else host and port as plain values.
 */
export function loginVariables(database: Connectable, names: LoginNames): k8s.EnvVar[] {
  return loginParts.flatMap((part) => loginVariable(database, names, part));
}

/** The parts of the login that the Secret does not hold (host, port), as plain values. */
export function addressVariables(database: Connectable, names: LoginNames): k8s.EnvVar[] {
  const keys = database.secret._keys();
  return loginParts
    .filter((part) => keys[part] === undefined)
    .flatMap((part) => loginVariable(database, names, part));
}

function loginVariable(database: Connectable, names: LoginNames, part: LoginPart): k8s.EnvVar[] {
  const [name, key] = [names[part], database.secret._keys()[part]];
  if (name === undefined) return [];
  if (key !== undefined) return [secretVariable(database, name, key)];
  const { host, port } = database.address;
  return [{ name, value: part === 'host' ? host : String(port) }];
}
