import { App, Chart } from 'cdk8s';
import { PostgresAddress } from './address';
import { ExternalPostgres } from './external-postgres';
import type { IPostgres } from './postgres';
import { PostgresTls } from './tls';

/** Stands in for a server where the caller gave none, in an app of its own that nobody synthesizes. */
export function standInPostgres(): IPostgres {
  const chart = new Chart(new App(), 'unknown', { namespace: 'unknown' });
  return ExternalPostgres.fromSecret(chart, 'unknown', {
    address: PostgresAddress.fromHost('unknown'),
    tls: PostgresTls.disable(),
    secretName: 'unknown',
  });
}
