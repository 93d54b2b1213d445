import { Cluster } from '../cluster/cluster';
import { Kubelet } from '../pods/kubelet';
import type { KubeObject } from '../../cli/rollout/kubernetes/object';
import { Api } from '../../cli/rollout/kubernetes/api';
import { connect } from '../../cli/rollout/kubernetes/connect';
import { runCommand } from '../../cli/rollout/move/job/run-command';

let cluster: Cluster;
let kubelet: Kubelet;
let namespace: string;
let api: Api;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
  kubelet = await Kubelet.start(cluster);
  namespace = await cluster.createNamespace('results');
  await kubelet.attract(namespace);
  api = Api.over(await connect({ kubeconfig: cluster.kubeconfigFor({ namespace }) }));
});
afterAll(async () => {
  await kubelet.stop();
  await cluster.close();
});

/** A Job whose every try runs a script of bash. */
function jobOf(name: string, script: string): KubeObject {
  const container = { name: 'move', image: 'example.com/anything', command: ['bash', '-c', script] };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace },
    spec: { backoffLimit: 1, template: { spec: { restartPolicy: 'Never', containers: [container] } } },
  };
}

const lines: string[] = [];
const run = (job: KubeObject) =>
  runCommand(
    api,
    job,
    { command: 'copy', run: '1' },
    {
      timeout: 120_000,
      patience: 120_000,
      signal: new AbortController().signal,
      listener: (event) => void (event.type === 'job-log' && lines.push(event.line)),
    },
  );
/** The Job that `copy` is made of another. */
const statusOf = async (name: string) =>
  (await cluster.client.read({ apiVersion: 'batch/v1', kind: 'Job', name: `${name}-copy`, namespace }))!
    .status;

test('success counts as soon as the log tells of it, while the Job goes on', async () => {
  const proven = '{"command":"copy","outcome":"proven","databases":[{"database":"d"}]}';
  const result = await run(jobOf('busy', `echo '1 of 1 databases proven'; echo '${proven}'; sleep 3600`));
  expect(result).toEqual({ ...JSON.parse(proven), findings: [] });
  expect(lines).toContain('1 of 1 databases proven');
  const status = await statusOf('busy');
  expect(status).toMatchObject({ active: 1 });
  expect(status.succeeded).toBeUndefined();
});

test('a failure counts only when the Job has had all its tries', async () => {
  const script = `echo '{"command":"copy","outcome":"failed"}'; exit 1`;
  expect(await run(jobOf('failing', script))).toMatchObject({ outcome: 'failed' });
  expect(await statusOf('failing')).toMatchObject({ failed: 2 });
});
