import { randomBytes } from 'node:crypto';
import { type KubernetesObject, RefusedError } from '../client';
import { owned } from './controller';
import type { OperatorClient } from './lapses';

/**
 * The operator's local PostgreSQL: Secret (created, and left as it is where it exists, so that a password never changes),
 * headless Service and StatefulSet (`pkg/model/db-secret.go`, `db-service.go`, `db-statefulset.go`, and `applyPayload` in
 * `internal/controller/backstage_controller.go` of redhat-developer/rhdh-operator).
 */
export async function createLocalDatabase(
  client: OperatorClient,
  backstage: KubernetesObject,
  fieldManager: string,
): Promise<void> {
  const backstageName = backstage.metadata.name;
  const name = `backstage-psql-${backstageName}`;
  const secretName = `backstage-psql-secret-${backstageName}`;
  const app = { 'rhdh.redhat.com/app': name };
  const labels = { 'app.kubernetes.io/name': 'backstage', 'app.kubernetes.io/instance': backstageName };

  const password = randomBytes(18).toString('base64url');
  const stringData = {
    POSTGRES_HOST: name,
    POSTGRES_PORT: '5432',
    POSTGRES_USER: 'postgres',
    POSTGRES_PASSWORD: password,
    POSTGRESQL_ADMIN_PASSWORD: password,
  };
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: secretName, labels }, stringData };
  await client.create(owned(backstage, secret), fieldManager).catch((error: unknown) => {
    if (!(error instanceof RefusedError) || error.status !== 409) throw error;
  });

  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, labels },
    spec: { selector: app, clusterIP: 'None', ports: [{ port: 5432 }] },
  };
  const statefulSet = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, labels },
    spec: {
      serviceName: name,
      selector: { matchLabels: app },
      template: {
        metadata: { labels: app },
        spec: {
          containers: [
            {
              name: 'postgresql',
              image: 'quay.io/fedora/postgresql-15:latest',
              env: [
                { name: 'POSTGRESQL_PORT_NUMBER', value: '5432' },
                { name: 'POSTGRESQL_VOLUME_DIR', value: '/var/lib/pgsql/data' },
                { name: 'PGDATA', value: '/var/lib/pgsql/data/userdata' },
              ],
              envFrom: [{ secretRef: { name: secretName } }],
              readinessProbe: {
                exec: {
                  command: ['/bin/sh', '-c', 'exec pg_isready -U ${POSTGRES_USER} -h 127.0.0.1 -p 5432'],
                },
                initialDelaySeconds: 5,
                periodSeconds: 10,
                timeoutSeconds: 5,
                failureThreshold: 6,
              },
              volumeMounts: [{ name: 'data', mountPath: '/var/lib/pgsql/data' }],
            },
          ],
        },
      },
      volumeClaimTemplates: [
        {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { name: 'data' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      ],
    },
  };
  for (const object of [service, statefulSet]) await client.apply(owned(backstage, object), fieldManager);
}

/**
 * What releases up to 1.9 do once `enableLocalDb` is false (`cleanObjects` in
 * `internal/controller/backstage_controller.go`); the volume's claim stays.
 */
export async function deleteLocalDatabase(
  client: OperatorClient,
  backstage: string,
  namespace: string,
): Promise<void> {
  const name = `backstage-psql-${backstage}`;
  await client.delete({ apiVersion: 'apps/v1', kind: 'StatefulSet', name, namespace });
  await client.delete({ apiVersion: 'v1', kind: 'Service', name, namespace });
  await client.delete({
    apiVersion: 'v1',
    kind: 'Secret',
    name: `backstage-psql-secret-${backstage}`,
    namespace,
  });
}
