import { conditionsOf, type ContainerState, type ContainerStatus, phaseOf, type PodState } from './status';

const at = '2024-01-01T00:00:00Z';
const creating: ContainerState = { waiting: { reason: 'ContainerCreating' } };
const running: ContainerState = { running: { startedAt: at } };
const ended = (exitCode: number): ContainerState => ({
  terminated: { exitCode, reason: exitCode ? 'Error' : 'Completed', startedAt: at, finishedAt: at },
});
const container = (state: ContainerState, more: Partial<ContainerStatus> = {}): ContainerStatus => ({
  name: 'main',
  image: 'example',
  imageID: '',
  ready: false,
  started: true,
  restartCount: 0,
  state,
  ...more,
});
const pod = (containers: ContainerStatus[], more: Partial<PodState> = {}): PodState => ({
  restartPolicy: 'Never',
  initContainers: [],
  containers,
  ending: false,
  ...more,
});

test.each<[string, PodState]>([
  ['Pending', pod([container(creating)])],
  ['Pending', pod([container(creating)], { initContainers: [container(running)] })],
  ['Pending', pod([container(running), container(creating)])],
  ['Pending', pod([container(creating)], { initContainers: [container(ended(1))], restartPolicy: 'Always' })],
  ['Failed', pod([container(creating)], { initContainers: [container(ended(1))] })],
  ['Running', pod([container(running), container(ended(0))])],
  ['Running', pod([container(ended(0))], { restartPolicy: 'Always' })],
  ['Running', pod([container(ended(1))], { restartPolicy: 'OnFailure' })],
  ['Running', pod([container(creating, { lastState: ended(1) })], { restartPolicy: 'Always' })],
  ['Succeeded', pod([container(ended(0)), container(ended(0))])],
  ['Succeeded', pod([container(ended(0))], { restartPolicy: 'OnFailure' })],
  ['Failed', pod([container(ended(0)), container(ended(1))])],
  ['Succeeded', pod([container(ended(0))], { restartPolicy: 'Always', ending: true })],
  ['Failed', pod([container(ended(143))], { restartPolicy: 'Always', ending: true })],
  ['Failed', pod([container(creating)], { ending: true })],
])('a pod is %s (%#)', (phase, state) => {
  expect(phaseOf(state)).toBe(phase);
});

test('a pod is ready when all its containers are, and never once it has ended', () => {
  const ready = (state: PodState) => conditionsOf(state).find(({ type }) => type === 'Ready');
  expect(ready(pod([container(running, { ready: true })]))).toEqual({ type: 'Ready', status: 'True' });
  expect(ready(pod([container(running, { ready: true }), container(running)]))).toEqual({
    type: 'Ready',
    status: 'False',
    reason: 'ContainersNotReady',
  });
  expect(ready(pod([container(ended(0))]))).toMatchObject({ status: 'False', reason: 'PodCompleted' });
  expect(ready(pod([container(ended(1))]))).toMatchObject({ status: 'False', reason: 'PodFailed' });
});
