import { App, Chart, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { cloudNativePgKeys, tlsModes } from '../../test/unit/servers';
import { objectOf, objectsOf, problemsOf, stageOf } from '../../test/unit/stage';
import { Credentials } from './credentials';
import { PostgresStatefulSet, type PostgresStatefulSetProps } from './postgres-statefulset';
import { PostgresVersion } from './version';

function serverWith(props: Partial<PostgresStatefulSetProps> = {}) {
  const stage = stageOf();
  const server = new PostgresStatefulSet(stage, 'server', {
    name: 'db',
    credentials: Credentials.plainText('secret'),
    ...props,
  });
  const set = objectOf(stage, 'StatefulSet');
  return { stage, server, set, pod: set.spec.template.spec, container: set.spec.template.spec.containers[0] };
}

test('every property reaches the server', () => {
  const props: Required<PostgresStatefulSetProps> = {
    name: 'company-db',
    credentials: Credentials.plainText('secret'),
    secretName: 'company-login',
    version: PostgresVersion.of(16, 'registry.example.com/postgresql:16'),
    size: Size.gibibytes(50),
    storageClassName: 'fast',
    resources: { limits: { cpu: k8s.Quantity.fromNumber(4) } },
    readinessProbe: { tcpSocket: { port: k8s.IntOrString.fromNumber(5432) } },
    livenessProbe: { exec: { command: ['true'] } },
    securityContext: { runAsUser: 26 },
    podSecurityContext: { fsGroup: 26 },
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete' },
    maxConnections: 800,
    replicas: 1,
    tls: tlsModes['verify-full'],
    serverCertificate: { secretName: 'db-tls-pair' },
    nodeSelector: { disk: 'ssd' },
    tolerations: [{ key: 'database', operator: 'Exists' }],
    affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } },
    priorityClassName: 'important',
  };
  const { stage, server, set, pod, container } = serverWith(props);
  expect([server.name, server.address.serviceName, set.metadata.name]).toEqual([
    'company-db',
    'company-db',
    'company-db',
  ]);
  expect(objectOf(stage, 'Secret').metadata.name).toBe('company-login');
  expect([server.clientImage, container.image]).toEqual([
    'registry.example.com/postgresql:16',
    'registry.example.com/postgresql:16',
  ]);
  expect(set.spec.volumeClaimTemplates[0].spec).toMatchObject({
    storageClassName: 'fast',
    resources: { requests: { storage: '50Gi' } },
  });
  expect(container.resources).toEqual({ limits: { cpu: 4 } });
  expect(container.readinessProbe).toEqual({ tcpSocket: { port: 5432 } });
  expect(container.livenessProbe).toEqual({ exec: { command: ['true'] } });
  expect(container.securityContext).toEqual({ runAsUser: 26 });
  expect(pod.securityContext).toEqual({ fsGroup: 26 });
  expect(set.spec.persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Delete' });
  expect(server.maxConnections).toBe(800);
  expect(container.env).toContainEqual({ name: 'POSTGRESQL_MAX_CONNECTIONS', value: '800' });
  expect(set.spec.replicas).toBe(1);
  expect(server.tls).toBe(tlsModes['verify-full']);
  expect(pod.volumes).toContainEqual({
    name: 'tls',
    secret: { secretName: 'db-tls-pair', defaultMode: 0o640 },
  });
  expect(pod.nodeSelector).toEqual({ disk: 'ssd' });
  expect(pod.tolerations).toEqual([{ key: 'database', operator: 'Exists' }]);
  expect(pod.affinity).toEqual({ nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } });
  expect(pod.priorityClassName).toBe('important');
  expect(problemsOf(server)).toEqual([]);
});

test('it is the pod, claim and limits of the lab unless said otherwise', () => {
  const { server, set, pod, container } = serverWith();
  expect(server.tls.mode).toBe('disable');
  expect(server.maxConnections).toBe(400);
  expect(server.clientImage).toBe(PostgresVersion.V15.image);
  expect(set.spec.replicas).toBe(1);
  expect(set.spec.persistentVolumeClaimRetentionPolicy).toEqual({
    whenDeleted: 'Retain',
    whenScaled: 'Retain',
  });
  expect(set.spec.volumeClaimTemplates).toEqual([
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data' },
      spec: {
        accessModes: ['ReadWriteOnce'],
        volumeMode: 'Filesystem',
        resources: { requests: { storage: '1Gi' } },
      },
    },
  ]);
  expect(pod).not.toHaveProperty('nodeSelector');
  expect(pod.automountServiceAccountToken).toBe(false);
  expect(pod.volumes).toEqual([{ name: 'dshm', emptyDir: { medium: 'Memory' } }]);
  expect(container.volumeMounts).toEqual([
    { name: 'dshm', mountPath: '/dev/shm' },
    { name: 'data', mountPath: '/var/lib/pgsql/data' },
  ]);
});

test('the Service is the one that the StatefulSet names, so that the pod has a DNS name', () => {
  const { stage, set } = serverWith();
  const service = objectOf(stage, 'Service');
  expect(set.spec.serviceName).toBe(service.metadata.name);
  expect(service.spec).toEqual({
    type: 'ClusterIP',
    clusterIP: 'None',
    internalTrafficPolicy: 'Cluster',
    selector: { app: 'db' },
    ports: [{ protocol: 'TCP', port: 5432, targetPort: 5432 }],
  });
  expect([set.spec.selector.matchLabels, set.spec.template.metadata.labels]).toEqual([
    { app: 'db' },
    { app: 'db' },
  ]);
});

test('it is addressed in the namespace of its chart', () => {
  expect(serverWith().server.address.host).toBe('db.rhdh.svc.cluster.local');
});

test('a chart without namespace is refused', () => {
  const chart = new Chart(new App(), 'chart');
  new PostgresStatefulSet(chart, 'server', { name: 'db', credentials: Credentials.plainText('secret') });
  expect(problemsOf(chart)).toEqual([
    'database/namespace: its chart has no namespace, so the address of its Service and the place of its Secret are not known; ' +
      'put it in a Stage, or give the Chart a namespace',
  ]);
});

test('an existing Secret makes no other, and is read by the server under its keys', () => {
  const { stage, server, container } = serverWith({
    credentials: Credentials.fromSecret('existing', cloudNativePgKeys),
  });
  expect(objectsOf(stage).map(({ kind }) => kind)).toEqual(['StatefulSet', 'Service']);
  expect(server.secret.name).toBe('existing');
  expect(container.env).toContainEqual({
    name: 'POSTGRESQL_ADMIN_PASSWORD',
    valueFrom: { secretKeyRef: { name: 'existing', key: 'password' } },
  });
});
