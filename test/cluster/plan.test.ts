import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Cluster } from './cluster';
import { cli } from './faults/cli';
import { configMap } from './faults/objects';
import { FaultProxy } from './faults/proxy';
import { Scene } from './faults/scene';

let cluster: Cluster;
let proxy: FaultProxy;
let scene: Scene;
beforeAll(async () => {
  cluster = await Cluster.ofThisRun();
  proxy = await FaultProxy.start(cluster);
});
beforeEach(async () => {
  scene = await Scene.open(cluster, { operators: false });
});
afterAll(async () => {
  await proxy.stop();
  await cluster.close();
});

const secret = (password: string) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'login' },
  data: { password: Buffer.from(password).toString('base64') },
});

/** What `plan` says, without the line of the cluster; it writes nothing. */
async function plan(...options: string[]) {
  proxy.seen.splice(0);
  const kubeconfig = cluster.kubeconfigFor({ namespace: scene.namespace, server: proxy.server });
  const { code, stdout } = await cli(kubeconfig, 'plan', scene.folder, ...options);
  expect(proxy.writes).toEqual([]);
  return { code, text: stdout.replace(/^cluster .*\n/, '') };
}

test('a plan says stage by stage what is created, changed and left; 2 says that there are changes, 0 that there are none', async () => {
  scene.write('0000-settings.yaml', configMap('plugins', { key: 'first' }), secret('plaintext-1'));
  scene.write('0100-more.yaml', configMap('plugins', { key: 'second' }));

  expect(await plan()).toEqual({
    code: 2,
    text: `0000-settings: 2 objects
  + create ConfigMap/plugins
  + create Secret/login
0100-more: 1 object
  ~ change ConfigMap/plugins
      @@ -1,6 +1,6 @@
       apiVersion: v1
       data:
      -  key: first
      +  key: second
       kind: ConfigMap
       metadata:
         name: plugins
2 to create, 1 to change
`,
  });

  await cli(scene.kubeconfig, 'apply', scene.folder, '--yes');
  expect(await plan()).toEqual({
    code: 0,
    text: `0000-settings: 2 objects
    leave ConfigMap/plugins (0100-more has replaced it)
    leave Secret/login
0100-more: 1 object
    leave ConfigMap/plugins
3 to leave
`,
  });
});

test('a whole number that a double cannot hold reaches the cluster with all its digits, and is compared by them', async () => {
  const template = (seconds: string) => `apiVersion: v1
kind: PodTemplate
metadata: { name: large }
template:
  spec:
    terminationGracePeriodSeconds: ${seconds}
    containers: [{ name: main, image: none }]
`;
  writeFileSync(join(scene.folder, '0000-large.yaml'), template('9007199254740993'));
  await cli(scene.kubeconfig, 'apply', scene.folder, '--yes');
  expect((await plan()).text).toContain('1 to leave');

  writeFileSync(join(scene.folder, '0000-large.yaml'), template('9007199254740992'));
  const { text } = await plan();
  expect(text).toContain('-    terminationGracePeriodSeconds: 9007199254740993\n');
  expect(text).toContain('+    terminationGracePeriodSeconds: 9007199254740992\n');
});

test('what changes is shown as a difference, in which a Secret has no value', async () => {
  scene.write('0000-settings.yaml', secret('plaintext-1'));
  await cli(scene.kubeconfig, 'apply', scene.folder, '--yes');
  scene.write('0000-settings.yaml', secret('plaintext-2'));

  const { code, text } = await plan();

  expect(code).toBe(2);
  expect(text.replace(/\*\*\* \([0-9a-f]{6}\)/g, '***')).toBe(`0000-settings: 1 object
  ~ change Secret/login
      @@ -1,6 +1,6 @@
       apiVersion: v1
       data:
      -  password: "***"
      +  password: "***"
       kind: Secret
       metadata:
         name: login
1 to change
`);
  const [before, after] = [...text.matchAll(/\(([0-9a-f]{6})\)/g)].map(([, digest]) => digest);
  expect(before).not.toBe(after);
});

test('a namespace on the command line that is not the bundles’ is one finding, whatever many objects it is wrong for', async () => {
  scene.write('0000-settings.yaml', configMap('a', { key: 'value' }), configMap('b', { key: 'value' }));
  scene.write('0100-more.yaml', configMap('c', { key: 'value' }));

  const { code, text } = await plan('-n', 'default');

  expect(code).toBe(1);
  expect(text).toContain(
    `error: 0000-settings.yaml:1 and 2 other places: an object for the namespace ${scene.namespace}, not for default
      Leave --namespace out, or synthesize the bundles for it.
`,
  );
  expect(text.match(/^error:/gm)).toHaveLength(1);
});
