import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { warn } from '../rules/warning';
import type { SecretRequest } from './credentials';

/** A login in plain text. */
export interface PlainTextLogin {
  readonly user: string;
  readonly password: string;
}

/**
 * The Secret with all that Backstage reads, and the administrator's password of Red Hat's image. Uses `data`
 * rather than `stringData`, which a client-side apply reports as changed each time.
 */
export function createPlainTextSecret(scope: Construct, request: SecretRequest, login: PlainTextLogin): void {
  warn(scope, `the password of Secret ${request.secretName} stands in the bundle; keep the file out of Git`);
  const values: Record<string, string> = {
    POSTGRESQL_ADMIN_PASSWORD: login.password,
    POSTGRES_HOST: request.address.host,
    POSTGRES_PASSWORD: login.password,
    POSTGRES_PORT: String(request.address.port),
    POSTGRES_USER: login.user,
  };
  const encode = ([key, value]: [string, string]) => [key, Buffer.from(value, 'utf8').toString('base64')];
  new k8s.KubeSecret(scope, 'secret', {
    metadata: { name: request.secretName, labels: request.labels },
    type: 'Opaque',
    data: Object.fromEntries(Object.entries(values).map(encode)),
  });
}
