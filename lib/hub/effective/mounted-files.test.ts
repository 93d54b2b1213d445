import { BackstageManifest } from '../backstage-manifest';
import type { MountedFile } from '../../configuration/mounted-file';
import { mountedFile } from './mounted-files';

const volumes = [
  { name: 'ca', secret: { secretName: 'ca', items: [{ key: 'tls.crt', path: 'ca.pem' }] } },
  { name: 'more', configMap: { name: 'more' } },
  { name: 'scratch', emptyDir: {} },
];
const manifest = new BackstageManifest({
  spec: { deployment: { patch: { spec: { template: { spec: { volumes } } } } } },
});
const volumeMounts = [
  { name: 'ca', mountPath: '/tls' },
  { name: 'more', mountPath: '/more' },
  { name: 'more', mountPath: '/opt/app-root/src/extra.yaml', subPath: 'one.yaml' },
  { name: 'scratch', mountPath: '/tmp' },
];

test.each<[string, MountedFile | undefined]>([
  ['/tls/ca.pem', { kind: 'Secret', name: 'ca', key: 'tls.crt' }],
  ['/more/a.yaml', { kind: 'ConfigMap', name: 'more', key: 'a.yaml' }],
  ['/opt/app-root/src/extra.yaml', { kind: 'ConfigMap', name: 'more', key: 'one.yaml' }],
  ['/more/folder/a.yaml', undefined],
  ['/tmp/a.yaml', undefined],
  ['/elsewhere', undefined],
])('%s of a volume of the patch is %j', (path, file) => {
  expect(mountedFile(manifest, { name: 'backstage-backend', volumeMounts }, path)).toEqual(file);
});
