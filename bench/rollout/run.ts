// Measures an apply of the lab, prints a section of bench/README.md, and fails when a goal is missed. With --quick it
// measures once.
import { execFileSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { Cluster } from '../../test/cluster/cluster';
import { kubectls, ours, type Again, type Round } from './rounds';

const quick = process.argv.includes('--quick');
const rounds = quick ? 1 : 7;

interface Results {
  /** Version of the API server. */
  readonly server: string;
  readonly first: readonly Round[];
  readonly second: readonly Again[];
  readonly kubectl: readonly Round[];
}

async function measure(): Promise<Results> {
  execFileSync('npm', ['run', '-s', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const cluster = await Cluster.start((line) => console.error(line));
  process.env.TEST_KUBECTL = cluster.plane.program('kubectl');
  const server = (await cluster.client.call('GET', '/version')).gitVersion as string;
  const results = { server, first: [] as Round[], second: [] as Again[], kubectl: [] as Round[] };
  try {
    // The first of each warms the caches of files and of the API server, and does not count.
    for (let round = 0; round <= rounds; round += 1) {
      const { first, second } = await ours(cluster);
      const kubectl = await kubectls(cluster);
      if (round === 0) continue;
      results.first.push(first);
      results.second.push(second);
      results.kubectl.push(kubectl);
      console.error(`round ${round} of ${rounds}`);
    }
  } finally {
    await cluster.close();
  }
  return results;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

const time = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)} s`;
const of = <T extends Again>(runs: readonly T[], field: keyof Again) => median(runs.map((run) => run[field]));

/** Figures with their goals. */
function rows({ first, second, kubectl }: Results) {
  const delay = median(first.flatMap(({ delays }) => delays));
  const whole = of(first, 'milliseconds');
  const peer = of(kubectl, 'milliseconds');
  const writes = Math.max(...second.map((run) => run.writes));
  return [
    {
      what: 'from a stage being ready to the first write of the next',
      ours: time(delay),
      kubectl: time(median(kubectl.flatMap(({ delays }) => delays))),
      goal: 'at most 1 s',
      met: delay <= 1000,
    },
    {
      what: 'the whole lab, into a fresh namespace',
      ours: time(whole),
      kubectl: time(peer),
      goal: 'at most kubectl’s',
      met: whole <= peer,
    },
    {
      what: 'requests of it (of these, writes)',
      ours: `${of(first, 'requests')} (${of(first, 'writes')})`,
      kubectl: `${of(kubectl, 'requests')} (${of(kubectl, 'writes')})`,
    },
    { what: 'the same bundles again', ours: time(of(second, 'milliseconds')) },
    {
      what: 'requests of that (of these, writes)',
      ours: `${of(second, 'requests')} (${writes})`,
      goal: 'no write',
      met: writes === 0,
    },
    {
      what: 'most memory of the process',
      ours: `${of(first, 'mebibytes').toFixed(0)} MiB`,
      kubectl: `${of(kubectl, 'mebibytes').toFixed(0)} MiB`,
    },
  ];
}

function report(results: Results): string {
  const [cpu] = cpus();
  const lines = rows(results).map(
    ({ what, ours, kubectl = '', goal = '', met }) =>
      `| ${what} | ${ours} | ${kubectl} | ${goal} | ${met === undefined ? '' : met ? 'met' : '**missed**'} |`,
  );
  return `## Rollout

\`npm run bench rollout\` applies \`dist/\` with \`cdk8s-rhdh apply\`, and with the commands of the README (\`kubectl apply
-f\`, \`kubectl wait\`, \`kubectl rollout status\`) and a \`kubectl wait\` for each Job, in turn, on one API server (${results.server}) with doubles of the operators and
pods that are ready at once. It fails when a goal is missed; \`-- --quick\` measures once and writes nothing.

Measured on ${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpu?.model}, ${(totalmem() / 2 ** 30).toFixed(1)} GiB, ${type()} ${release()}, Node.js ${process.version}; load average after the run: ${loadavg()[0]!.toFixed(2)}.

| medians of ${rounds} rounds | cdk8s-rhdh | kubectl | goal | |
| --- | --- | --- | --- | --- |
${lines.join('\n')}

Requests are counted by a proxy that both use; the moment of being ready is that of an independent watch. kubectl's
sequence checks nothing before the first write, holds no lock and looks at no SonataFlow service's database.
`;
}

async function main(): Promise<void> {
  const results = await measure();
  console.log(report(results));
  const missed = rows(results).filter(({ met }) => met === false);
  for (const { what, goal } of missed) console.error(`Missed: ${what}, ${goal}.`);
  process.exit(missed.length > 0 ? 1 : 0);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
