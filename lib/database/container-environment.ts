import type { k8s } from 'cdk8s-plus-28';
import type { CertificateAuthority } from './certificate-authority';
import { addressVariables, type LoginNames, loginVariables } from './login-variables';
import type { Connectable } from './connectable';
import { hubVariables } from '../operators/rhdh';

/** What a container, and the pod around it, need to connect. */
export interface ContainerEnvironment {
  /** Variables of the container. */
  readonly env: k8s.EnvVar[];
  /** Secrets that the container gets whole. */
  readonly envFrom: k8s.EnvFromSource[];
  /** Volumes of the pod. */
  readonly volumes: k8s.Volume[];
  /** Where the container mounts them. */
  readonly volumeMounts: k8s.VolumeMount[];
}

/** libpq's variables (PostgreSQL manual, 34.15 Environment Variables), each from which part of a login. */
const libpqVariables = { host: 'PGHOST', port: 'PGPORT', user: 'PGUSER', password: 'PGPASSWORD' } as const;

const authorityVolume = 'postgres-ca';
const authorityDirectory = '/etc/postgres-ca';

/** Path of the authority's PEM file in a container that mounts {@link authorityVolumes}. */
export function authorityPath(authority: CertificateAuthority): string {
  return `${authorityDirectory}/${authority.key}`;
}

/** The volume with the authority's PEM file and its mount; both empty if nothing is verified. */
export function authorityVolumes(
  database: Connectable,
): Pick<ContainerEnvironment, 'volumes' | 'volumeMounts'> {
  const authority = database.tls.authority;
  if (authority === undefined) return { volumes: [], volumeMounts: [] };
  return {
    volumes: [authority.asVolume(authorityVolume)],
    volumeMounts: [{ name: authorityVolume, mountPath: authorityDirectory, readOnly: true }],
  };
}

/** The hub's variables in a container of its own. */
export function sidecarEnvironment(database: Connectable): ContainerEnvironment {
  return environmentFor(database, hubVariables);
}

/** Variables of certain names: the Secret whole where its keys are these, else key by key. */
export function environmentFor(database: Connectable, names: LoginNames): ContainerEnvironment {
  const whole = database.secret._fits(names);
  const login = whole ? addressVariables(database, names) : loginVariables(database, names);
  return {
    env: database.tls.enabled ? [...login, ...libpqTls(database)] : login,
    envFrom: whole ? [{ secretRef: { name: database.secret.name } }] : [],
    ...authorityVolumes(database),
  };
}

/** libpq's variables: always key by key, so that a Job gets nothing else of the Secret. */
export function jobEnvironment(database: Connectable): ContainerEnvironment {
  return {
    env: [...loginVariables(database, libpqVariables), ...libpqTls(database)],
    envFrom: [],
    ...authorityVolumes(database),
  };
}

export function libpqTls(database: Connectable): k8s.EnvVar[] {
  const { mode, authority } = database.tls;
  const rootCert =
    authority === undefined ? [] : [{ name: 'PGSSLROOTCERT', value: authorityPath(authority) }];
  return [{ name: 'PGSSLMODE', value: mode }, ...rootCert];
}
