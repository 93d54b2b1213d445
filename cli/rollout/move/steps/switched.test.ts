import type { KubeObject, ManagedFields } from '../../kubernetes/object';
import { switchedContent } from './switched';

const replicas = ['spec', 'services', 'jobService', 'podTemplate', 'replicas'];

const owned = (manager: string, operation: 'Apply' | 'Update', fieldsV1: object): ManagedFields => ({
  manager,
  operation,
  fieldsV1: fieldsV1 as Record<string, unknown>,
});

const inJobService = (fields: object) => ({ 'f:spec': { 'f:services': { 'f:jobService': fields } } });

const platform = (
  jobService: object,
  more: object = {},
  managedFields: ManagedFields[] = [],
): KubeObject => ({
  apiVersion: 'sonataflow.org/v1alpha08',
  kind: 'SonataFlowPlatform',
  metadata: { name: 'flows', namespace: 'rhdh', managedFields },
  spec: { services: { jobService }, ...more },
});

const hub = {
  apiVersion: 'rhdh.redhat.com/v1alpha5',
  kind: 'Backstage',
  name: 'hub',
  uid: '1',
  controller: true,
};
const bundled = platform({ persistence: { postgresql: { jdbcUrl: 'jdbc:postgresql://new/x' } } });

test('what the RHDH operator had applied goes, its ownership too, and what the rollout had stopped starts', () => {
  const live = platform(
    {
      persistence: { postgresql: { serviceRef: { name: 'old' } }, migrateDBOnStartUp: false },
      podTemplate: { replicas: 0, container: { resources: {} } },
    },
    { monitoring: { enabled: true }, build: { config: {} } },
    [
      owned('backstage-controller', 'Apply', {
        'f:metadata': { 'f:ownerReferences': { 'k:{"uid":"1"}': {} } },
        'f:spec': { 'f:monitoring': { 'f:enabled': {} } },
      }),
      owned('manager', 'Update', inJobService({ 'f:podTemplate': { 'f:replicas': {} } })),
    ],
  );
  const stopped = {
    ...live,
    metadata: { ...live.metadata, ownerReferences: [hub], resourceVersion: '7', uid: '2' },
  };

  const content = switchedContent(stopped, bundled, undefined, {
    object: platform({}),
    apiVersion: live.apiVersion,
    replicas: [{ path: replicas }],
  });

  expect(content.spec).toEqual({
    build: { config: {} },
    services: {
      jobService: {
        persistence: { postgresql: { jdbcUrl: 'jdbc:postgresql://new/x' } },
        podTemplate: { container: { resources: {} } },
      },
    },
  });
  expect(content.metadata).toMatchObject({ ownerReferences: [], resourceVersion: '7', uid: '2' });
  expect(content.metadata.managedFields!.map(({ manager }) => manager)).toEqual(['manager']);
});

test('what somebody else has set stays, and so does his number of pods where the bundle names none', () => {
  const others = owned('kubectl-edit', 'Update', inJobService({ 'f:podTemplate': { 'f:replicas': {} } }));
  const former = platform({ podTemplate: { replicas: 2 } }, { eventing: { broker: {} } }, [others]);
  const live = platform({ podTemplate: { replicas: 0 } }, { eventing: { broker: {} } }, [
    owned('cdk8s-rhdh', 'Apply', inJobService({ 'f:podTemplate': { 'f:replicas': {} } })),
  ]);

  const content = switchedContent(live, bundled, former, {
    object: former,
    apiVersion: live.apiVersion,
    replicas: [{ path: replicas, value: 2 }],
  });

  expect(content.spec.eventing).toEqual({ broker: {} });
  expect(content.spec.services.jobService.podTemplate).toEqual({ replicas: 2 });
});

test('a second attempt, after the operator had put the former spec back, ends the same', () => {
  const own = owned('backstage-controller', 'Apply', { 'f:spec': { 'f:monitoring': { 'f:enabled': {} } } });
  const former = platform({}, { monitoring: { enabled: true } }, [own]);
  const live = platform({ podTemplate: { replicas: 0 } }, { monitoring: { enabled: true } }, [
    owned('manager', 'Update', { 'f:spec': { 'f:monitoring': { 'f:enabled': {} } } }),
  ]);

  const content = switchedContent(live, bundled, former, {
    object: former,
    apiVersion: live.apiVersion,
    replicas: [{ path: replicas }],
  });

  expect(content.spec).toEqual(bundled.spec);
});
