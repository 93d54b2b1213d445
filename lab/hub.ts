import type { AppConfigFiles, ExtraEnvs, ExtraFiles } from '../lib';

/** App-config files of the lab's hub. */
export const labAppConfig: AppConfigFiles = {
  mountPath: '/opt/app-root/src',
  configMaps: [{ name: 'app-config-rhdh' }, { name: 'lightspeed-app-config' }],
};

/** Files of the lab's hub: its permissions. */
export const labFiles: ExtraFiles = {
  mountPath: '/opt/app-root/src/rbac',
  configMaps: [{ name: 'rbac-policy' }],
};

/** Variables of the lab's hub; those of the database come with `connect`. */
export const labEnvs: ExtraEnvs = {
  envs: [{ name: 'LOG_LEVEL', value: 'info' }],
  configMaps: [{ name: 'rhdh-techdocs-bucket-claim' }],
  secrets: [{ name: 'gitlab-secrets' }, { name: 'rhdh-secrets' }, { name: 'rhdh-techdocs-bucket-claim' }],
};
