import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { Cluster } from './cluster';
import { Chance } from './operators/chance';

declare global {
  var clusterOfThisRun: Cluster | undefined;
}

/**
 * The command line as it is packed, and one control plane for the whole run, unless `TEST_KUBECONFIG` names a
 * cluster; then kubectl is the PATH's.
 */
export default async function globalSetup(): Promise<void> {
  process.env.TEST_SEED ??= String(Chance.newSeed());
  process.stderr.write(`The doubles of the operators draw from TEST_SEED=${process.env.TEST_SEED}.\n`);
  execFileSync('npm', ['run', '-s', 'build'], { cwd: join(__dirname, '../..'), stdio: 'inherit' });
  if (process.env.TEST_KUBECONFIG) {
    await (await Cluster.ofThisRun()).installCustomResources();
    return;
  }
  globalThis.clusterOfThisRun = await Cluster.start((line) => process.stderr.write(`${line}\n`));
  process.env.TEST_KUBECONFIG = globalThis.clusterOfThisRun.kubeconfig;
  process.env.TEST_KUBECTL = globalThis.clusterOfThisRun.plane.program('kubectl');
}
