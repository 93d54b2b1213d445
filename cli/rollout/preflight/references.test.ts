import { parse } from 'yaml';
import type { KubeObject } from '../kubernetes/object';
import { referencesOf } from './references';

const of = (text: string) =>
  referencesOf(parse(text) as KubeObject).map(({ kind, name }) => `${kind}/${name}`);

test('a pod template refers by environment, volumes, projected volumes, claims and its account', () => {
  const text = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: x }
spec:
  template:
    spec:
      serviceAccountName: account
      initContainers:
        - { name: init, envFrom: [{ configMapRef: { name: settings } }] }
      containers:
        - name: main
          envFrom: [{ secretRef: { name: login } }, { secretRef: { name: maybe, optional: true } }]
          env:
            - { name: A, valueFrom: { secretKeyRef: { name: token, key: a } } }
            - { name: B, valueFrom: { configMapKeyRef: { name: values, key: b, optional: true } } }
      volumes:
        - { name: a, secret: { secretName: certificate } }
        - { name: b, configMap: { name: files } }
        - { name: c, persistentVolumeClaim: { claimName: data } }
        - { name: d, projected: { sources: [{ secret: { name: part } }, { configMap: { name: rest } }] } }
        - { name: e, emptyDir: {} }
`;
  expect(of(text)).toEqual([
    'ConfigMap/settings',
    'ConfigMap/files',
    'ConfigMap/rest',
    'Secret/login',
    'Secret/token',
    'Secret/certificate',
    'Secret/part',
    'PersistentVolumeClaim/data',
    'ServiceAccount/account',
  ]);
});

test('a StatefulSet makes its own claims, of a storage class', () => {
  const text = `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: x }
spec:
  template: { spec: { volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }] } }
  volumeClaimTemplates: [{ metadata: { name: data }, spec: { storageClassName: fast } }]
`;
  expect(of(text)).toEqual(['StorageClass/fast']);
});

test('a hub refers to what its operator reads, and by its patch', () => {
  const text = `
apiVersion: rhdh.redhat.com/v1alpha4
kind: Backstage
metadata: { name: hub, namespace: rhdh }
spec:
  application:
    appConfig: { configMaps: [{ name: app-config }] }
    dynamicPluginsConfigMapName: plugins
    extraEnvs: { secrets: [{ name: login }], configMaps: [{ name: settings }] }
    extraFiles: { secrets: [{ name: certificate, key: ca }], pvcs: [{ name: files }] }
  database: { authSecretName: auth }
  deployment: { patch: { spec: { template: { spec: { containers: [{ name: sidecar, envFrom: [{ secretRef: { name: login } }, { secretRef: { name: model } }] }] } } } } }
`;
  expect(of(text)).toEqual([
    'ConfigMap/app-config',
    'Secret/certificate',
    'ConfigMap/settings',
    'Secret/login',
    'ConfigMap/plugins',
    'PersistentVolumeClaim/files',
    'Secret/auth',
    'Secret/model',
  ]);
});

test('a platform refers to the login of each of its services', () => {
  const text = `
apiVersion: sonataflow.org/v1alpha08
kind: SonataFlowPlatform
metadata: { name: flows }
spec:
  persistence: { postgresql: { secretRef: { name: login } } }
  services: { dataIndex: { persistence: { postgresql: { secretRef: { name: other } } } }, jobService: {} }
`;
  expect(of(text)).toEqual(['Secret/login', 'Secret/other']);
});

test('a claim without a class takes the default one, and an empty one none', () => {
  const claim = (spec: string) =>
    of(`{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: x }, spec: ${spec} }`);
  expect(claim('{}')).toEqual([]);
  expect(claim('{ storageClassName: "" }')).toEqual([]);
  expect(claim('{ storageClassName: fast }')).toEqual(['StorageClass/fast']);
});
