import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { providingSecret } from './provides';
import { secretData } from './secret-data';
import type { SecretRequest } from './secret-request';

/** Kind of a store of External Secrets Operator. */
export enum SecretStoreKind {
  /** A store of one namespace. */
  SECRET_STORE = 'SecretStore',
  /** A store of the whole cluster. */
  CLUSTER_SECRET_STORE = 'ClusterSecretStore',
}

/** Where External Secrets Operator finds the login of a PostgreSQL server. */
export interface ExternalSecretProps {
  /** Name of the SecretStore or ClusterSecretStore. */
  readonly storeName: string;

  /**
   * Kind of the store.
   * @default SecretStoreKind.CLUSTER_SECRET_STORE
   */
  readonly storeKind?: SecretStoreKind;

  /** Key of the entry in the store, e.g. `rhdh/postgres`. */
  readonly remoteKey: string;

  /**
   * Property of the entry that holds the user's name.
   * @default 'username'
   */
  readonly userProperty?: string;

  /**
   * Property of the entry that holds the password.
   * @default 'password'
   */
  readonly passwordProperty?: string;

  /**
   * How often the store is read again, as a Go duration.
   * @default '1h'
   */
  readonly refreshInterval?: string;
}

/**
 * An ExternalSecret (external-secrets.io/v1) whose template adds the address, so that the Secret it makes has
 * the same keys as every other.
 */
export function createExternalSecret(
  scope: Construct,
  request: SecretRequest,
  props: ExternalSecretProps,
): void {
  const remote = (secretKey: string, property: string) => ({
    secretKey,
    remoteRef: { key: props.remoteKey, property },
  });
  new ApiObject(scope, 'external-secret', {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: {
      name: request.secretName,
      labels: request.labels,
      annotations: providingSecret(request.secretName),
    },
    spec: {
      refreshInterval: props.refreshInterval ?? '1h',
      secretStoreRef: {
        name: props.storeName,
        kind: props.storeKind ?? SecretStoreKind.CLUSTER_SECRET_STORE,
      },
      target: {
        name: request.secretName,
        template: {
          engineVersion: 'v2',
          data: secretData(request.address, '{{ .user }}', '{{ .password }}'),
        },
      },
      data: [
        remote('user', props.userProperty ?? 'username'),
        remote('password', props.passwordProperty ?? 'password'),
      ],
    },
  });
}
