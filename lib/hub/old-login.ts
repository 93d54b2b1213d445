import type { PostgresAddress } from '../database/address';
import { authorityVolumes, environmentFor, libpqTls } from '../database/container-environment';
import type { IPostgres } from '../database/postgres';
import { type LoginPart, loginParts } from '../database/secret-keys';
import type { Manifest } from '../manifest/yaml-file';
import { hubVariables, localSecretName } from '../operators/rhdh';
import { isSameHost } from '../operators/host';

/** The login of a server that a hub leaves. */
export interface OldLogin {
  /** Name of its Secret. */
  readonly secret: string;
  /** Keys of the Secret, none where it does not hold the part. */
  readonly keys: Readonly<Record<LoginPart, string | undefined>>;
  /** Where the server is; none for the operator's own, which only its Secret names. */
  readonly address?: PostgresAddress;
}

/** The login of the operator's local database of a hub. */
export function localLogin(hub: string): OldLogin {
  return { secret: localSecretName(hub), keys: hubVariables };
}

/** The login of a server that is no longer to be used. */
export function loginOf({ secret, address }: IPostgres): OldLogin {
  return { secret: secret.name, keys: secret._keys(), address };
}

/**
 * Turns every reference to an old login to that of `database`: the Secret by name where the keys are the same, else key by
 * key, and its host and port where they are values of variables. Tells what it cannot turn, with the path.
 */
export function redirectLogin(
  manifest: Manifest,
  old: OldLogin,
  database: IPostgres,
  namespace?: string,
): string[] {
  return redirect(manifest, '', { old, database, namespace });
}

interface Turn {
  readonly old: OldLogin;
  readonly database: IPostgres;
  /** Namespace of the hub, in which hosts are looked up. */
  readonly namespace: string | undefined;
}

function redirect(value: unknown, path: string, turn: Turn): string[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => redirect(item, `${path}[${index}]`, turn));
  if (typeof value !== 'object' || value === null) return [];
  const object = value as Manifest;
  redirectEnvFrom(object, turn);
  const problems = [
    ...redirectAddress(object, path, turn),
    ...redirectVariable(object, turn),
    ...redirectKey(object, path, turn),
  ];
  for (const [key, inner] of Object.entries(object)) {
    const at = path === '' ? key : `${path}.${key}`;
    if (inner === turn.old.secret && isReference(path, key, turn.old)) {
      object[key] = turn.database.secret.name;
      problems.push(...wholeSecretProblem(object, at, turn));
    } else {
      problems.push(...redirect(inner, at, turn));
    }
  }
  return problems;
}

/** The name of the operator's Secret means nothing else; that of another may be a name of anything. */
function isReference(path: string, key: string, { address }: OldLogin): boolean {
  return (
    address === undefined ||
    key === 'secretName' ||
    (key === 'name' &&
      /(^|\.)(secretRef|secretKeyRef|secret|spec\.application\.extra(Envs|Files)\.secrets\[\d+\])$/.test(
        path,
      ))
  );
}

/** A container that gets the old Secret whole gets the variables one by one where the keys differ. */
function redirectEnvFrom(container: Manifest, { old, database }: Turn): void {
  const sources = container.envFrom;
  const isOld = (source: Manifest) => source?.secretRef?.name === old.secret;
  if (!Array.isArray(sources) || !sources.some(isOld)) return;
  const { env, envFrom, volumeMounts } = environmentFor(database, old.keys);
  container.envFrom = sources.flatMap((source) => (isOld(source) ? envFrom : [source]));
  const added = env.filter(
    ({ name }) => !(container.env ?? []).some((present: Manifest) => present?.name === name),
  );
  if (added.length > 0) container.env = [...(container.env ?? []), ...JSON.parse(JSON.stringify(added))];
  if (volumeMounts.length > 0) container.volumeMounts = [...(container.volumeMounts ?? []), ...volumeMounts];
}

/** The variables of a container, or of the hub, that say where the old server is. */
function redirectAddress(object: Manifest, path: string, turn: Turn): string[] {
  const list = path === 'spec.application.extraEnvs' ? 'envs' : 'env';
  const variables = object[list] as Manifest[] | undefined;
  const { old, database } = turn;
  if (old.address === undefined || !Array.isArray(variables)) return [];
  const { port: oldPort } = old.address;
  const { host, port } = database.address;
  return variables.filter(isHost, turn).flatMap((variable) => {
    if (variable.value !== undefined) variable.value = host;
    if (list === 'env') turnTls(object, database);
    const name = String(variable.name);
    const portName = /HOST(ADDR|NAME)?$/.test(name)
      ? name.replace(/HOST(ADDR|NAME)?$/, 'PORT')
      : `${name}_PORT`;
    const beside = variables.find((other) => other.name === portName);
    if (beside?.value === String(oldPort)) beside.value = String(port);
    if (beside !== undefined || port === oldPort) return [];
    if (portName !== 'PGPORT') {
      return [
        `${path}.${list}: ${name} has no port beside it, which changes from ${oldPort} to ${port}; write ` +
          `a variable ${portName} for it, or leave ${name} out`,
      ];
    }
    object[list].push({ name: portName, value: String(port) });
    return [];
  });
}

function isHost(this: Turn, { value, valueFrom }: Manifest): boolean {
  const reference = valueFrom?.secretKeyRef;
  return typeof value === 'string'
    ? this.old.address !== undefined && isSameHost(value, this.old.address.host, this.namespace)
    : reference?.name === this.old.secret && partOf(reference.key, this.old) === 'host';
}

/** A container that connects by libpq demands what the new server demands. */
function turnTls(container: Manifest, database: IPostgres): void {
  const tls = libpqTls(database);
  const isStated = container.env.some(({ name }: Manifest) => tlsVariables.includes(name));
  if (!isStated && !database.tls.enabled) return;
  container.env = [...container.env.filter(({ name }: Manifest) => !tlsVariables.includes(name)), ...tls];
  const { volumeMounts } = authorityVolumes(database);
  const mounted = (container.volumeMounts ?? []) as Manifest[];
  const missing = volumeMounts.filter(({ name }) => !mounted.some((mount) => mount.name === name));
  if (missing.length > 0) container.volumeMounts = [...mounted, ...missing];
}

const tlsVariables = ['PGSSLMODE', 'PGSSLROOTCERT'];

/** A variable that is read from a key of the old Secret: host and port may be in no key of the new one. */
function redirectVariable(variable: Manifest, { old, database }: Turn): string[] {
  const reference = variable.valueFrom?.secretKeyRef;
  const part = reference?.name === old.secret ? partOf(reference.key, old) : undefined;
  if ((part !== 'host' && part !== 'port') || database.secret._keys()[part] !== undefined) return [];
  delete variable.valueFrom;
  variable.value = String(database.address[part]);
  return [];
}

/** A single key, as in `valueFrom.secretKeyRef` or an item of `extraEnvs.secrets`. */
function redirectKey(reference: Manifest, path: string, { old, database }: Turn): string[] {
  if (reference.name !== old.secret || typeof reference.key !== 'string') return [];
  const part = partOf(reference.key, old);
  const key = part === undefined ? undefined : database.secret._keys()[part];
  if (key === undefined) {
    return [
      `${path} reads key ${reference.key} of Secret ${old.secret}, which Secret ${database.secret.name} does not have; ` +
        'change the reference in the resource',
    ];
  }
  reference.key = key;
  return [];
}

/** A Secret used whole, other than by a container's `envFrom`, must have the same keys. */
function wholeSecretProblem(reference: Manifest, path: string, { old, database }: Turn): string[] {
  if (typeof reference.key === 'string' || database.secret._fits(old.keys)) return [];
  const { user, password } = old.keys;
  return [
    `${path} uses Secret ${old.secret} whole, but the keys of Secret ${database.secret.name} have other names; ` +
      `change the reference in the resource, or give the Secret the keys ${user} and ${password}`,
  ];
}

function partOf(key: string, { keys }: OldLogin): LoginPart | undefined {
  return loginParts.find((part) => keys[part] === key);
}
