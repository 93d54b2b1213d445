import type { KubeObject } from '../kubernetes/object';
import { undoneFields } from './undone';

const platform = (spec: object): KubeObject => ({
  apiVersion: 'sonataflow.org/v1alpha08',
  kind: 'SonataFlowPlatform',
  metadata: { name: 'flows' },
  spec,
});

const before = platform({ services: { dataIndex: { podTemplate: { replicas: 0 }, host: 'old' } } });
const after = platform({ services: { dataIndex: { host: 'new' } } });

test('a write that stays is not undone, also beside defaults that an operator has added', () => {
  const live = platform({
    build: {},
    services: { dataIndex: { host: 'new', podTemplate: { container: {} } } },
  });
  expect(undoneFields(before, after, after)).toEqual([]);
  expect(undoneFields(before, after, live)).toEqual([]);
});

test('a former value and a field that was removed are undone when they are there again', () => {
  expect(undoneFields(before, after, before)).toEqual([
    ['spec', 'services', 'dataIndex', 'podTemplate', 'replicas'],
    ['spec', 'services', 'dataIndex', 'host'],
  ]);
});

test('what somebody has written since is his, and not undone', () => {
  expect(undoneFields(before, after, platform({ services: { dataIndex: { host: 'other' } } }))).toEqual([]);
});

test('a default that an operator sets again where nothing is said any more is not undone', () => {
  const said = platform({
    services: {
      dataIndex: { enabled: true, persistence: { migrateDBOnStartUp: false }, podTemplate: {}, host: 'old' },
    },
  });
  const live = platform({
    services: {
      dataIndex: { enabled: true, persistence: { migrateDBOnStartUp: false }, podTemplate: {}, host: 'new' },
    },
  });
  expect(undoneFields(said, after, live)).toEqual([]);
});
