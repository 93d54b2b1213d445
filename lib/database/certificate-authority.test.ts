import { CertificateAuthority } from './certificate-authority';

test('the key is ca.crt unless another is said', () => {
  expect(CertificateAuthority.fromSecret('ca')).toEqual({ kind: 'Secret', name: 'ca', key: 'ca.crt' });
  expect(CertificateAuthority.fromConfigMap('ca')).toEqual({ kind: 'ConfigMap', name: 'ca', key: 'ca.crt' });
});

test('the volume holds the PEM file and nothing else of the Secret or ConfigMap', () => {
  const items = [{ key: 'root.pem', path: 'root.pem' }];
  expect(CertificateAuthority.fromSecret('ca', 'root.pem').asVolume('trust')).toEqual({
    name: 'trust',
    secret: { secretName: 'ca', items },
  });
  expect(CertificateAuthority.fromConfigMap('ca', 'root.pem').asVolume('trust')).toEqual({
    name: 'trust',
    configMap: { name: 'ca', items },
  });
});
