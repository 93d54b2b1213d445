import type { Workload } from '../../go/patched-workload';
import { isSince, type OperatorRelease } from './releases';

const workingDir = '/opt/app-root/src';
const plugins = 'dynamic-plugins-root';
const auth = 'dynamic-plugins-registry-auth';

/**
 * The Deployment of a hub before anything of the Backstage resource is in it, on OpenShift, as
 * `config/profile/rhdh/default-config/deployment.yaml` of redhat-developer/rhdh-operator has it in the branches
 * release-1.7 to release-1.10 and main; the image is the tests'.
 */
export function defaultDeployment(release: OperatorRelease, name: string): Workload {
  const early = !isSince(release, '1.9');
  const app = { 'rhdh.redhat.com/app': `backstage-${name}` };
  const catalog = early ? [] : [{ name: 'extensions-catalog', mountPath: '/extensions' }];
  const temp = { name: 'temp', mountPath: '/tmp' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: `backstage-${name}`,
      labels: { 'app.kubernetes.io/name': 'backstage', 'app.kubernetes.io/instance': name },
    },
    spec: {
      selector: { matchLabels: app },
      ...(!early && {
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
      }),
      template: {
        metadata: { labels: app },
        spec: {
          automountServiceAccountToken: false,
          volumes: [
            { name: plugins, ephemeral: { volumeClaimTemplate: { spec: pluginsClaim } } },
            { name: auth, secret: { defaultMode: 416, optional: true, secretName: auth } },
            ...catalog.map((mount) => ({ name: mount.name, emptyDir: {} })),
            { name: 'npmcacache', emptyDir: {} },
            { name: 'temp', emptyDir: {} },
          ],
          initContainers: [
            {
              ...container,
              name: 'install-dynamic-plugins',
              command: ['./install-dynamic-plugins.sh', '/dynamic-plugins-root'],
              env: installerVariables(release),
              volumeMounts: [
                { name: plugins, mountPath: '/dynamic-plugins-root' },
                ...catalog,
                { name: auth, mountPath: `${workingDir}/.config/containers`, readOnly: true },
                { name: 'npmcacache', mountPath: `${workingDir}/.npm/_cacache` },
                temp,
              ],
            },
          ],
          containers: [
            {
              ...container,
              name: 'backstage-backend',
              args: ['--config', 'dynamic-plugins-root/app-config.dynamic-plugins.yaml'],
              startupProbe: { ...probe('liveness'), initialDelaySeconds: 30, periodSeconds: 20 },
              readinessProbe: { ...probe('readiness'), successThreshold: 2 },
              livenessProbe: probe('liveness'),
              ports: [{ name: 'backend', containerPort: 7007 }],
              env: [{ name: 'APP_CONFIG_backend_listen_port', value: '7007' }],
              volumeMounts: [
                { name: plugins, mountPath: `${workingDir}/dynamic-plugins-root` },
                ...catalog,
                temp,
              ],
            },
          ],
        },
      },
    },
  };
}

const pluginsClaim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '2Gi' } } };

const container = {
  image: 'quay.io/rhdh-community/rhdh:next',
  imagePullPolicy: 'IfNotPresent',
  workingDir,
  securityContext: {
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    allowPrivilegeEscalation: false,
    seccompProfile: { type: 'RuntimeDefault' },
    capabilities: { drop: ['ALL'] },
  },
  resources: {
    requests: { cpu: '250m', memory: '256Mi' },
    limits: { cpu: '1000m', memory: '2.5Gi', 'ephemeral-storage': '5Gi' },
  },
};

const probe = (kind: string) => ({
  httpGet: { path: `/.backstage/health/v1/${kind}`, port: 'backend', scheme: 'HTTP' },
  failureThreshold: 3,
  successThreshold: 1,
  periodSeconds: 10,
  timeoutSeconds: 4,
});

function installerVariables(release: OperatorRelease): { name: string; value: string }[] {
  const index = { name: 'CATALOG_INDEX_IMAGE', value: `quay.io/rhdh/plugin-catalog-index:${release}` };
  return [
    { name: 'NPM_CONFIG_USERCONFIG', value: `${workingDir}/.npmrc.dynamic-plugins/.npmrc` },
    { name: 'MAX_ENTRY_SIZE', value: isSince(release, '1.10') ? '40000000' : '30000000' },
    ...(isSince(release, '1.9')
      ? [index, { name: 'CATALOG_ENTITIES_EXTRACT_DIR', value: '/extensions' }]
      : []),
  ];
}
