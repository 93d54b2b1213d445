import { k8s } from 'cdk8s-plus-28';
import type { DatabaseSecret } from './database-secret';

/** Port that PostgreSQL listens on inside its pod. */
export const serverPort = 5432;

/** What the container of the server is made of. */
export interface ServerContainer {
  readonly image: string;
  readonly secret: DatabaseSecret;
  /** Whether the Secret was made by somebody else, so that it may lack the keys of the image. */
  readonly secretExists: boolean;
  readonly maxConnections: number;
  readonly resources?: k8s.ResourceRequirements;
  readonly readinessProbe?: k8s.Probe;
  readonly livenessProbe?: k8s.Probe;
  readonly securityContext?: k8s.SecurityContext;
}

const defaultResources: k8s.ResourceRequirements = {
  requests: { cpu: k8s.Quantity.fromString('500m'), memory: k8s.Quantity.fromString('512Mi') },
  limits: {
    cpu: k8s.Quantity.fromString('2000m'),
    memory: k8s.Quantity.fromString('1Gi'),
    'ephemeral-storage': k8s.Quantity.fromString('100Mi'),
  },
};

const defaultSecurityContext: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsGroup: 0,
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

/** The container of the server, for images with the layout of Red Hat's (sclorg/postgresql-container). */
export function postgresContainer(server: ServerContainer): k8s.Container {
  return {
    name: 'postgresql',
    image: server.image,
    imagePullPolicy: 'IfNotPresent',
    ports: [{ name: 'tcp-postgresql', containerPort: serverPort, protocol: 'TCP' }],
    env: [
      { name: 'POSTGRESQL_PORT_NUMBER', value: String(serverPort) },
      { name: 'POSTGRESQL_VOLUME_DIR', value: '/var/lib/pgsql/data' },
      { name: 'PGDATA', value: '/var/lib/pgsql/data/userdata' },
      { name: 'POSTGRESQL_MAX_CONNECTIONS', value: String(server.maxConnections) },
      ...(server.secretExists ? loginOfImage(server.secret) : []),
    ],
    envFrom: server.secretExists ? undefined : [{ secretRef: { name: server.secret.name } }],
    resources: server.resources ?? defaultResources,
    readinessProbe: server.readinessProbe ?? {
      ...probe(['/bin/sh', '-c', '-e', `${isReadyCommand}\n`]),
      initialDelaySeconds: 5,
    },
    livenessProbe: server.livenessProbe ?? {
      ...probe(['/bin/sh', '-c', isReadyCommand]),
      initialDelaySeconds: 30,
    },
    securityContext: server.securityContext ?? defaultSecurityContext,
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    volumeMounts: [
      { name: 'dshm', mountPath: '/dev/shm' },
      { name: 'data', mountPath: '/var/lib/pgsql/data' },
    ],
  };
}

/** The variables that the image and the probes read, from a Secret with keys of its own. */
function loginOfImage(secret: DatabaseSecret): k8s.EnvVar[] {
  const variable = (name: string, key: string) => ({
    name,
    valueFrom: { secretKeyRef: { name: secret.name, key } },
  });
  return [
    variable('POSTGRESQL_ADMIN_PASSWORD', secret.passwordKey),
    variable('POSTGRES_USER', secret.userKey),
  ];
}

const isReadyCommand = `exec pg_isready -U \${POSTGRES_USER} -h 127.0.0.1 -p ${serverPort}`;

function probe(command: string[]): k8s.Probe {
  return {
    exec: { command },
    timeoutSeconds: 5,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 6,
  };
}
