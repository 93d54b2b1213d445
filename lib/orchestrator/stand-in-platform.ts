import { App, Chart } from 'cdk8s';
import { standInPostgres } from '../database/stand-in-postgres';
import { SonataFlowPlatform } from './sonataflow-platform';

/** Stands in for a platform where the caller gave none, in an app of its own that nobody synthesizes. */
export function standInPlatform(): SonataFlowPlatform {
  const chart = new Chart(new App(), 'unknown', { namespace: 'unknown' });
  return new SonataFlowPlatform(chart, 'unknown', { postgres: standInPostgres() });
}
