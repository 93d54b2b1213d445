import type { k8s } from 'cdk8s-plus-28';
import type { CertificateAuthority } from './certificate-authority';
import { addressVariables, loginVariables } from './login-variables';
import type { Connectable } from './connectable';
import { hubVariables } from '../operators/rhdh';

/** What a hub needs to connect to its database. */
export interface HubEnvironment {
  /**
   * Secret that is given to the hub whole.
   * @default - the keys of the Secret have other names; see `mapped`
   */
  readonly secretName?: string;
  /** Variables with plain values. */
  readonly plain: k8s.EnvVar[];
  /** Variables read from keys of the Secret that have other names. */
  readonly mapped: k8s.EnvVar[];
  /**
   * Authority that the hub must trust.
   * @default - none beside those that Node.js ships
   */
  readonly authority?: CertificateAuthority;
}

/**
 * Backstage's own variables, and `PGSSLMODE` for node-postgres (RHDH operator, docs/external-db.md). It is stated
 * without TLS too: another Secret may have one.
 */
export function hubEnvironment(database: Connectable): HubEnvironment {
  const plain = [
    ...addressVariables(database, hubVariables),
    { name: 'PGSSLMODE', value: database.tls.nodeMode },
  ];
  const { authority } = database.tls;
  if (database.secret.fitsHub) return { secretName: database.secret.name, plain, mapped: [], authority };
  const mapped = loginVariables(database, hubVariables).filter(({ valueFrom }) => valueFrom !== undefined);
  return { plain, mapped, authority };
}
