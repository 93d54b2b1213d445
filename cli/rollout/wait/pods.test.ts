import { parse } from 'yaml';
import type { KubeObject } from '../kubernetes/object';
import { troublesOf, troubleText } from './pods';

const troubles = (status: string) =>
  troublesOf(
    parse(`{ apiVersion: v1, kind: Pod, metadata: { name: hub-1 }, status: ${status} }`) as KubeObject,
  );

test.each([
  ['{}', []],
  ['{ containerStatuses: [{ name: main, state: { waiting: { reason: ContainerCreating } } }] }', []],
  ['{ containerStatuses: [{ name: main, state: { terminated: { exitCode: 0 } } }] }', []],
  [
    '{ conditions: [{ type: PodScheduled, status: "False", reason: Unschedulable, message: "0/3 nodes" }] }',
    ['pod hub-1: Unschedulable: 0/3 nodes'],
  ],
  [
    '{ initContainerStatuses: [{ name: init, state: { waiting: { reason: ImagePullBackOff, message: "no such image" } } }] }',
    ['pod hub-1, container init: ImagePullBackOff: no such image'],
  ],
  [
    '{ containerStatuses: [{ name: main, state: { terminated: { reason: OOMKilled, exitCode: 137 } } }] }',
    ['pod hub-1, container main: OOMKilled (exit code 137)'],
  ],
])('the troubles of a pod with status %s', (status, expected) => {
  expect(troubles(status).map(troubleText)).toEqual(expected);
});

test('a container that was started again has a log of the run before', () => {
  const crashing = '{ name: main, restartCount: 2, state: { waiting: { reason: CrashLoopBackOff } } }';
  expect(troubles(`{ containerStatuses: [${crashing}] }`)).toEqual([
    { pod: 'hub-1', container: 'main', reason: 'CrashLoopBackOff', restarted: true },
  ]);
});
