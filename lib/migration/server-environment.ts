import type { k8s } from 'cdk8s-plus-28';
import { literalVariable } from '../database/literal-variable';
import { loginVariables } from '../database/login-variables';
import type { IPostgres } from '../database/postgres';

/** What the container of the move, and the pod around it, need to reach one of the two servers. */
export interface ServerEnvironment {
  readonly env: k8s.EnvVar[];
  readonly volumes: k8s.Volume[];
  readonly volumeMounts: k8s.VolumeMount[];
}

/** Variables `<SIDE>_HOST`, `<SIDE>_USER` and so on, and the authority's PEM file where a certificate is verified. */
export function serverEnvironment(postgres: IPostgres, side: 'source' | 'target'): ServerEnvironment {
  const prefix = side.toUpperCase();
  const env = [
    ...loginVariables(postgres, {
      host: `${prefix}_HOST`,
      port: `${prefix}_PORT`,
      user: `${prefix}_USER`,
      password: `${prefix}_PASSWORD`,
    }),
    { name: `${prefix}_SSLMODE`, value: postgres.tls.mode },
    literalVariable(`${prefix}_MAINTENANCE_DATABASE`, postgres.maintenanceDatabase ?? 'postgres'),
  ];
  const authority = postgres.tls.authority;
  if (authority === undefined) return { env, volumes: [], volumeMounts: [] };
  const [volume, mountPath] = [`${side}-ca`, `/etc/${side}-ca`];
  return {
    env: [...env, { name: `${prefix}_SSLROOTCERT`, value: `${mountPath}/${authority.key}` }],
    volumes: [authority.asVolume(volume)],
    volumeMounts: [{ name: volume, mountPath, readOnly: true }],
  };
}
