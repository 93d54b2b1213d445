import { basename, dirname } from 'node:path';
import { Cluster } from './cluster';
import { distBundles } from './dist';
import { playGeneratedSecrets } from './generated-secrets';
import { playRhdhOperator } from './operators/rhdh';
import { playSonataFlowOperator } from './operators/sonataflow';
import { installPrerequisites } from './prerequisites';

const namespace = 'rhdh-gitlab';

/** Starts a cluster with the operators' doubles and the lab's namespace, and leaves it running until Ctrl-C. */
async function leaveRunning(): Promise<void> {
  const cluster = await Cluster.start((line) => console.error(line));
  const end = async () => {
    await cluster.close();
    process.exit(0);
  };
  process.once('SIGINT', () => void end());
  process.once('SIGTERM', () => void end());

  await cluster.client.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  await installPrerequisites(cluster.client, namespace);
  await playRhdhOperator(cluster.client, { release: '1.8', longestRetryMilliseconds: 5_000 });
  await playSonataFlowOperator(cluster.client);
  await playGeneratedSecrets(cluster.client);

  console.log(`A Kubernetes API server is running at ${cluster.plane.server}, with the operators of RHDH 1.8 and
SonataFlow played by doubles: objects are real, pods only say that they run. In another terminal:

  export KUBECONFIG=${cluster.kubeconfig}
  export PATH="${dirname(cluster.plane.program('kubectl'))}:$PATH"   # kubectl of the same version
  kubectl config set-context --current --namespace ${namespace}
${distBundles.map((file) => `  kubectl apply -f dist/${basename(file)}\n`).join('')}
or, with gates between the stages:

  npx cdk8s-rhdh plan dist
  npx cdk8s-rhdh apply dist
  npx cdk8s-rhdh status dist
  npx cdk8s-rhdh verify dist --no-job
  npx cdk8s-rhdh destroy dist

Tests use it when TEST_KUBECONFIG has this kubeconfig. Ctrl-C here ends and removes everything.`);
}

leaveRunning().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
