import type { Connection } from '../../cli/rollout/kubernetes/connection';

/** The connection of a server that is played in the test: no request leaves it. */
export const noConnection: Connection = {
  server: 'https://unit.test',
  context: 'unit',
  namespace: 'rhdh',
  advice: '',
  credentials: () => Promise.reject(new Error('no request leaves the test')),
  renew: () => Promise.resolve(),
  close: () => undefined,
};
