import type { IPostgres } from '../database/postgres';
import { hubVariables, localSecretName } from '../operators/rhdh';
import { loginParts } from '../database/secret-keys';
import type { Manifest } from '../manifest/yaml-file';

/**
 * Turns every reference to the operator's local Secret to the Secret of `database`: by name where the keys are
 * the same, else key by key. Tells what it cannot turn, with the path.
 */
export function redirectLocalSecret(manifest: Manifest, hub: string, database: IPostgres): string[] {
  return redirect(manifest, '', localSecretName(hub), database);
}

function redirect(value: unknown, path: string, local: string, database: IPostgres): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => redirect(item, `${path}[${index}]`, local, database));
  }
  if (typeof value !== 'object' || value === null) return [];
  const object = value as Manifest;
  redirectEnvFrom(object, local, database);
  const problems = redirectKey(object, path, local, database);
  for (const [key, inner] of Object.entries(object)) {
    const at = path === '' ? key : `${path}.${key}`;
    if (inner === local) {
      object[key] = database.secret.name;
      problems.push(...wholeSecretProblem(object, at, local, database));
    } else {
      problems.push(...redirect(inner, at, local, database));
    }
  }
  return problems;
}

/** A container that gets the local Secret whole gets the variables one by one where the keys differ. */
function redirectEnvFrom(container: Manifest, local: string, database: IPostgres): void {
  const sources = container.envFrom;
  if (!Array.isArray(sources) || !sources.some((source) => source?.secretRef?.name === local)) return;
  const { env, envFrom, volumeMounts } = database.sidecarEnvironment();
  container.envFrom = sources.flatMap((source) => (source?.secretRef?.name === local ? envFrom : [source]));
  const added = env.filter(
    ({ name }) => !(container.env ?? []).some((present: Manifest) => present?.name === name),
  );
  if (added.length > 0) container.env = [...(container.env ?? []), ...JSON.parse(JSON.stringify(added))];
  if (volumeMounts.length > 0) container.volumeMounts = [...(container.volumeMounts ?? []), ...volumeMounts];
}

/** A single key, as in `valueFrom.secretKeyRef` or an item of `extraEnvs.secrets`. */
function redirectKey(reference: Manifest, path: string, local: string, database: IPostgres): string[] {
  if (reference.name !== local || typeof reference.key !== 'string') return [];
  const part = loginParts.find((candidate) => hubVariables[candidate] === reference.key);
  const key = part === undefined ? undefined : database.secret._keys()[part];
  if (key === undefined) {
    return [
      `${path} reads key ${reference.key} of Secret ${local}, which Secret ${database.secret.name} does not have; ` +
        'change the reference in the resource',
    ];
  }
  reference.key = key;
  return [];
}

/** A Secret used whole, other than by a container's `envFrom`, must have the same keys. */
function wholeSecretProblem(reference: Manifest, path: string, local: string, database: IPostgres): string[] {
  if (typeof reference.key === 'string' || database.secret.fitsHub) return [];
  return [
    `${path} uses Secret ${local} whole, but the keys of Secret ${database.secret.name} have other names; ` +
      'change the reference in the resource, or give the Secret the keys POSTGRES_USER and POSTGRES_PASSWORD',
  ];
}
