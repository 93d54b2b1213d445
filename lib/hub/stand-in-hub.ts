import { App, Chart } from 'cdk8s';
import { RhdhRelease } from '../operators/release';
import { Hub } from './hub';
import type { HubBase } from './hub-base';

/** Stands in for a hub where the caller gave none, in an app of its own that nobody synthesizes. */
export function standInHub(): HubBase {
  const chart = new Chart(new App(), 'unknown', { namespace: 'unknown' });
  return new Hub(chart, 'unknown', { name: 'unknown', release: RhdhRelease.V1_8 });
}
