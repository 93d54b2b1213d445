import type { PodContainer } from 'cdk8s-rhdh/configuration';
import type { KubeObject } from '../kubernetes/object';
import type { RolloutObject } from '../stages/rollout-stage';
import type { ObjectSet } from '../gates/object-set';
import { containersOf } from '../servers/container-variables';
import { hubContainer, hubLogin } from './check-hub-environment';
import { serverScript } from './server-script';

/** Seconds after which Kubernetes gives the Job up, and after which it deletes it should nobody else do so. */
const deadlineSeconds = 120;
const keptSeconds = 300;

const libpq: Readonly<Record<string, string>> = {
  POSTGRES_HOST: 'PGHOST',
  POSTGRES_PORT: 'PGPORT',
  POSTGRES_USER: 'PGUSER',
  POSTGRES_PASSWORD: 'PGPASSWORD',
};

/** What a Job is to ask with. */
export interface ServerJobOptions {
  readonly name: string;
  /** With bash and psql. */
  readonly image: string;
  /** Databases that the login may be allowed to connect to; the first that lets it in is taken. */
  readonly databases: readonly string[];
}

/**
 * A Job that asks the server what it sees, with the login, the TLS and the certificate of the hub's own container.
 * Passwords are references, as there. Meets the `restricted` Pod Security Standard.
 */
export function serverJob(
  workload: KubeObject,
  objects: ObjectSet,
  { name, image, databases }: ServerJobOptions,
): KubeObject {
  const container = hubContainer(workload) as PodContainer;
  const variables = hubLogin(workload, objects);
  const env = Object.entries(libpq).flatMap(([variable, target]): object[] => {
    const { value, source } = variables?.get(variable) ?? {};
    if (source === undefined) return value === undefined ? [] : [{ name: target, value }];
    const { kind, name: from, key } = source;
    const reference = kind === 'Secret' ? 'secretKeyRef' : 'configMapKeyRef';
    return [{ name: target, valueFrom: { [reference]: { name: from, key } } }];
  });
  const tls = tlsOf(
    workload,
    container,
    variables?.get('PGSSLMODE')?.value,
    variables?.get('NODE_EXTRA_CA_CERTS')?.value,
  );
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace: workload.metadata.namespace },
    spec: {
      activeDeadlineSeconds: deadlineSeconds,
      backoffLimit: 0,
      ttlSecondsAfterFinished: keptSeconds,
      template: {
        spec: {
          restartPolicy: 'Never',
          automountServiceAccountToken: false,
          imagePullSecrets: workload.spec?.template?.spec?.imagePullSecrets,
          securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [
            {
              name: 'verify',
              image,
              command: ['bash', '-c', serverScript],
              env: [...env, { name: 'VERIFY_DATABASES', value: literally(databases.join('\n')) }, ...tls.env],
              resources: {
                requests: { cpu: '100m', memory: '64Mi' },
                limits: { cpu: '500m', memory: '128Mi' },
              },
              securityContext: {
                readOnlyRootFilesystem: true,
                allowPrivilegeEscalation: false,
                runAsNonRoot: true,
                capabilities: { drop: ['ALL'] },
              },
              volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }, ...tls.volumeMounts],
            },
          ],
          volumes: [{ name: 'tmp', emptyDir: {} }, ...tls.volumes],
        },
      },
    },
  };
}

/** Kubernetes replaces `$(NAME)` in values (Kubernetes API, EnvVar). */
function literally(text: string): string {
  return text.replaceAll('$', '$$$$');
}

/** The image with psql that the bundles use: that of a Job that connects, or that of a PostgreSQL. */
export function clientImage(items: readonly RolloutObject[]): string | undefined {
  const containers = (kind: string) =>
    items
      .filter(({ object }) => object.kind === kind)
      .flatMap(({ object }) => containersOf(object) as (PodContainer & { image: string })[]);
  const job = containers('Job').find(({ env }) => env?.some(({ name }) => name === 'PGHOST'));
  const server = containers('StatefulSet').find(({ image }) => /postgres/i.test(image));
  return (job ?? server)?.image;
}

/** What the hub's node-postgres demands, in libpq's terms: anything but `no-verify` verifies in full there. */
function tlsOf(
  workload: KubeObject,
  { volumeMounts = [] }: PodContainer,
  mode: string | undefined,
  authority: string | undefined,
) {
  const none = { volumes: [], volumeMounts: [] };
  if (!isTlsDemanded(mode)) return { env: [{ name: 'PGSSLMODE', value: 'prefer' }], ...none };
  if (mode === 'no-verify') return { env: [{ name: 'PGSSLMODE', value: 'require' }], ...none };
  const mount = volumeMounts.find(
    ({ mountPath }) => authority === mountPath || authority?.startsWith(`${mountPath.replace(/\/$/, '')}/`),
  );
  const volumes: { name: string }[] = workload.spec?.template?.spec?.volumes ?? [];
  const volume = volumes.find(({ name }) => name === mount?.name);
  const env = [{ name: 'PGSSLMODE', value: 'verify-full' }];
  if (authority === undefined || mount === undefined || volume === undefined) return { env, ...none };
  return {
    env: [...env, { name: 'PGSSLROOTCERT', value: authority }],
    volumes: [volume],
    volumeMounts: [{ ...mount, readOnly: true }],
  };
}

/** Whether a value of PGSSLMODE makes node-postgres encrypt (pg, lib/connection-parameters.js). */
export function isTlsDemanded(mode: string | undefined): boolean {
  return mode !== undefined && ['prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'].includes(mode);
}
