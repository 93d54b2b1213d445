import { CertificateAuthority } from './certificate-authority';
import { PostgresTls } from './tls';

const authority = CertificateAuthority.fromSecret('ca');

test.each([
  [PostgresTls.disable(), 'disable', false, false, 'disable'],
  [PostgresTls.require(), 'require', true, false, 'no-verify'],
  [PostgresTls.verifyCa(authority), 'verify-ca', true, true, 'verify-ca'],
  [PostgresTls.verifyFull(authority), 'verify-full', true, true, 'verify-full'],
])('%j says what libpq and node-postgres are to do', (tls, mode, enabled, verified, nodeMode) => {
  expect([tls.mode, tls.enabled, tls.verified, tls.nodeMode]).toEqual([mode, enabled, verified, nodeMode]);
  expect(tls.authority).toBe(verified ? authority : undefined);
});
