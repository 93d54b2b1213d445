import { join } from 'node:path';
import { Client } from '../../test/cluster/client';
import type { Cluster } from '../../test/cluster/cluster';
import { FaultProxy } from '../../test/cluster/faults/proxy';
import { Scene } from '../../test/cluster/faults/scene';
import { kubectlWaits } from '../../test/cluster/kubectl-waits';
import { readmeCommands } from '../../test/cluster/readme-commands';
import { type ChildRun, runChild } from './child';
import { Readiness } from './readiness';

const program = join(__dirname, '../../cli/build/main.js');

/** One whole apply of the lab into a fresh namespace. */
export interface Round {
  /** From the start of the first program to the end of the last, in ms. */
  readonly milliseconds: number;
  /** From a stage's last object being ready to the next stage's first write, in ms. */
  readonly delays: readonly number[];
  readonly requests: number;
  readonly writes: number;
  readonly mebibytes: number;
}

/** The same once more, with everything applied already. */
export type Again = Omit<Round, 'delays'>;

interface Surroundings {
  readonly scene: Scene;
  readonly proxy: FaultProxy;
  readonly readiness: Readiness;
  readonly env: NodeJS.ProcessEnv;
}

/** `cdk8s-rhdh apply` of `dist/`, and again. */
export async function ours(cluster: Cluster): Promise<{ first: Round; second: Again }> {
  return inFreshNamespace(cluster, async ({ scene, proxy, readiness, env }) => {
    const apply = () =>
      runChild(process.execPath, [program, 'apply', scene.folder, '--yes', '--output', 'json'], env);
    const run = await apply();
    const starts = run.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; time: string })
      .filter(({ type }) => type === 'stage-started')
      .map(({ time }) => Date.parse(time));
    const first = { ...counted(proxy, run), delays: delays(starts.slice(1), proxy, readiness) };
    proxy.seen.splice(0);
    return { first, second: counted(proxy, await apply()) };
  });
}

/**
 * The README's commands, one after the other: `kubectl apply -f` and what waits; before the next file also the
 * waits for the file's Jobs, which are part of a stage.
 */
export async function kubectls(cluster: Cluster): Promise<Round> {
  return inFreshNamespace(cluster, async ({ scene, proxy, readiness, env }) => {
    const starts: number[] = [];
    const runs: ChildRun[] = [];
    const kubectl = async (args: readonly string[]) => {
      const run = await runChild(cluster.kubectl, args, env);
      runs.push(run);
      return run.stdout;
    };
    let waitsForJobs: string[][] = [];
    let generation = 0;
    for (const command of readmeCommands.filter((line) => !line.includes('deployment/greeting'))) {
      const assigned = /^generation=\$\((.*)\)$/.exec(command);
      const args = (assigned?.[1] ?? command)
        .replaceAll('rhdh-gitlab', scene.namespace)
        .replace(' dist/', ` ${scene.folder}/`)
        .replace('$((generation + 1))', String(generation + 1))
        .split(' ')
        .slice(1);
      if (assigned) {
        generation = Number(await kubectl(args));
        continue;
      }
      if (args[0] === 'apply') {
        for (const wait of waitsForJobs) await kubectl(wait);
        waitsForJobs = kubectlWaits(args.at(-1)!).filter((wait) => wait.join(' ').includes('job/'));
        starts.push(Date.now());
      }
      await kubectl(args);
    }
    for (const wait of waitsForJobs) await kubectl(wait);
    const sum = runs.reduce((total, { milliseconds }) => total + milliseconds, 0);
    const most = Math.max(...runs.map(({ mebibytes }) => mebibytes));
    return {
      ...counted(proxy, { milliseconds: sum, mebibytes: most }),
      delays: delays(starts.slice(1), proxy, readiness),
    };
  });
}

async function inFreshNamespace<T>(
  cluster: Cluster,
  work: (surroundings: Surroundings) => Promise<T>,
): Promise<T> {
  const proxy = await FaultProxy.start(cluster);
  const scene = await Scene.open(cluster);
  scene.useDist();
  const client = await Client.connect(cluster.kubeconfig);
  const readiness = await Readiness.of(client, scene.namespace);
  const kubeconfig = cluster.kubeconfigFor({ namespace: scene.namespace, server: proxy.server });
  const env = { PATH: process.env.PATH, HOME: cluster.createFolder(), KUBECONFIG: kubeconfig };
  try {
    return await work({ scene, proxy, readiness, env });
  } finally {
    await readiness.stop();
    await scene.close();
    await proxy.stop();
    await client.delete({ apiVersion: 'v1', kind: 'Namespace', name: scene.namespace });
  }
}

function counted(
  proxy: FaultProxy,
  { milliseconds, mebibytes }: Pick<ChildRun, 'milliseconds' | 'mebibytes'>,
): Again {
  return { milliseconds, mebibytes, requests: proxy.seen.length, writes: proxy.writes.length };
}

function delays(starts: readonly number[], proxy: FaultProxy, readiness: Readiness): number[] {
  return starts.map((start) => {
    const write = proxy.writes.find(({ at, url }) => at >= start && !url.includes('/leases/'));
    const ready = write && readiness.lastBefore(write.at);
    if (ready === undefined) throw new Error('A stage wrote nothing, or nothing was ready before it.');
    return write!.at - ready;
  });
}
