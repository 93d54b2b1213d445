import { type KubernetesObject, RefusedError } from '../client';
import { owned } from './controller';
import type { OperatorClient } from './lapses';

const fieldManager = 'backstage-controller';

/** Fails while the server is not there yet, and is tried again as often as a Job is by default. */
const createDatabase = `
export PGHOST="$POSTGRES_HOST" PGPORT="$POSTGRES_PORT" PGUSER="$POSTGRES_USER" PGPASSWORD="$POSTGRES_PASSWORD"
name=backstage_plugin_orchestrator
found=$(psql --dbname=postgres --no-align --tuples-only --command="SELECT 1 FROM pg_database WHERE datname = '$name'") || exit
[ "$found" = 1 ] || psql --dbname=postgres --command="CREATE DATABASE $name"
`;

/**
 * What an enabled plugin that depends on SonataFlow brings: network policies, a Job that makes the database, and a
 * SonataFlowPlatform on the local database. Each is applied with force at every reconciliation, and the rest although
 * one is refused (`internal/controller/plugin-deps.go`, `config/profile/rhdh/plugin-deps/sonataflow.yaml`).
 */
export async function applyPluginDependencies(
  client: OperatorClient,
  backstage: KubernetesObject,
): Promise<void> {
  const refusals: string[] = [];
  for (const object of dependencies(backstage)) {
    try {
      await client.apply(owned(backstage, object), fieldManager);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      refusals.push(error.message);
    }
  }
  if (refusals.length > 0) throw new RefusedError(422, refusals.join('\n'));
}

function dependencies(backstage: KubernetesObject): KubernetesObject[] {
  const { name, namespace } = backstage.metadata;
  const secret = `backstage-psql-secret-${name}`;
  const postgresql = {
    secretRef: { name: secret, userKey: 'POSTGRES_USER', passwordKey: 'POSTGRES_PASSWORD' },
    serviceRef: { name: `backstage-psql-${name}`, namespace, databaseName: 'backstage_plugin_orchestrator' },
  };
  const service = { enabled: true, persistence: { postgresql } };
  return [
    networkPolicy('allow-infra-ns-to-workflow-ns', 'kubernetes.io/metadata.name', 'knative-eventing'),
    networkPolicy('allow-external-communication', 'policy-group.network.openshift.io/ingress', ''),
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: `create-sonataflow-database-${name}` },
      spec: {
        ttlSecondsAfterFinished: 30,
        activeDeadlineSeconds: 120,
        template: {
          spec: {
            restartPolicy: 'Never',
            containers: [
              {
                name: 'psql',
                image: 'quay.io/fedora/postgresql-15:latest',
                envFrom: [{ secretRef: { name: secret } }],
                command: ['sh', '-c'],
                args: [createDatabase],
              },
            ],
          },
        },
      },
    },
    {
      apiVersion: 'sonataflow.org/v1alpha08',
      kind: 'SonataFlowPlatform',
      metadata: { name: 'sonataflow-platform' },
      spec: { monitoring: { enabled: true }, services: { dataIndex: service, jobService: service } },
    },
  ];
}

function networkPolicy(name: string, label: string, value: string): KubernetesObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name },
    spec: {
      podSelector: {},
      ingress: [{ from: [{ namespaceSelector: { matchLabels: { [label]: value } } }] }],
    },
  };
}
