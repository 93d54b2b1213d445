import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { warn } from '../rules/warning';
import { secretData } from './secret-data';
import type { SecretRequest } from './secret-request';

/** A login in plain text. */
export interface PlainTextLogin {
  readonly user: string;
  readonly password: string;
}

/**
 * The Secret with the login. Uses `data` rather than `stringData`, which a client-side apply reports as changed each time.
 */
export function createPlainTextSecret(scope: Construct, request: SecretRequest, login: PlainTextLogin): void {
  warn(scope, `the password of Secret ${request.secretName} stands in the bundle; keep the file out of Git`);
  const values = secretData(request.address, login.user, login.password);
  const encode = ([key, value]: [string, string]) => [key, Buffer.from(value, 'utf8').toString('base64')];
  new k8s.KubeSecret(scope, 'secret', {
    metadata: { name: request.secretName, labels: request.labels },
    type: 'Opaque',
    data: Object.fromEntries(Object.entries(values).map(encode)),
  });
}
