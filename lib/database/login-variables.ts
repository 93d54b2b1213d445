import type { k8s } from 'cdk8s-plus-28';
import type { Connectable } from './connectable';
import { loginParts, type LoginPart } from './secret-keys';

/** The variable `name`, read from a key of the database's Secret. */
function secretVariable(database: Connectable, name: string, key: string): k8s.EnvVar {
  return { name, valueFrom: { secretKeyRef: { name: database.secret.name, key } } };
}

/**
 * One variable for each part of the login, under the given names: from the Secret where it holds the part,
 * else host and port as plain values.
 */
export function loginVariables(
  database: Connectable,
  names: Readonly<Record<LoginPart, string>>,
): k8s.EnvVar[] {
  return loginParts.map((part) => loginVariable(database, names, part));
}

/** The parts of the login that the Secret does not hold (host, port), as plain values. */
export function addressVariables(
  database: Connectable,
  names: Readonly<Record<LoginPart, string>>,
): k8s.EnvVar[] {
  const keys = database.secret._keys();
  return loginParts
    .filter((part) => keys[part] === undefined)
    .map((part) => loginVariable(database, names, part));
}

function loginVariable(
  database: Connectable,
  names: Readonly<Record<LoginPart, string>>,
  part: LoginPart,
): k8s.EnvVar {
  const key = database.secret._keys()[part];
  if (key !== undefined) return secretVariable(database, names[part], key);
  const { host, port } = database.address;
  return { name: names[part], value: part === 'host' ? host : String(port) };
}
