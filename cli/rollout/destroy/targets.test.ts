import type { KubeObject } from '../kubernetes/object';
import { isHub, isOfRelease } from './targets';

const object = (apiVersion: string, kind: string, annotations?: Record<string, string>): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name: 'x', annotations },
});

const release = (name: string, namespace = 'rhdh') =>
  object('sonataflow.org/v1alpha08', 'SonataFlow', {
    'meta.helm.sh/release-name': name,
    'meta.helm.sh/release-namespace': namespace,
  });

test('a Backstage of the operator is a hub, one of another group is not', () => {
  expect(isHub(object('rhdh.redhat.com/v1alpha5', 'Backstage'))).toBe(true);
  expect(isHub(object('example.com/v1', 'Backstage'))).toBe(false);
  expect(isHub(object('v1', 'ConfigMap'))).toBe(false);
});

test('what Helm made has its release in annotations', () => {
  expect(isOfRelease(release('greeting'))).toBe(true);
  expect(isOfRelease(object('sonataflow.org/v1alpha08', 'SonataFlow'))).toBe(false);
});

test.each(['--post-renderer=/tmp/x', '-x', 'a b', 'a/b', '$(x)', ''])(
  'an annotation with %j does not become an option of Helm',
  (name) => {
    expect(isOfRelease(release(name))).toBe(false);
    expect(isOfRelease(release('greeting', name))).toBe(false);
  },
);
