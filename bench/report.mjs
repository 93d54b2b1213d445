import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { run } from './measure.mjs';

/** Whether a row keeps its goal; one without a goal is there to be compared. */
export function met({ took, peerTook, goal }) {
  return goal === undefined || took / peerTook <= goal;
}

const time = (milliseconds) =>
  milliseconds < 10_000 ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;

export function table(rows) {
  const cells = rows.map((row) => [
    row.what,
    time(row.took),
    row.peer,
    time(row.peerTook),
    (row.took / row.peerTook).toFixed(3),
    row.goal === undefined ? '' : `at most ${row.goal}`,
    row.goal === undefined ? '' : met(row) ? 'met' : '**missed**',
    time(row.floor),
  ]);
  const head = ['Measured', 'takes', 'beside', 'takes', 'ratio', 'goal', '', '`node -e 0`'];
  return [head, head.map(() => '---'), ...cells].map((line) => `| ${line.join(' | ')} |`).join('\n');
}

/** What the numbers depend on. */
export function machine() {
  const [cpu] = cpus();
  const { clientVersion, kustomizeVersion } = JSON.parse(
    run(['kubectl', 'version', '--client', '-o', 'json']).stdout,
  );
  return [
    `${cpus().length} × ${cpu.model}, ${(totalmem() / 2 ** 30).toFixed(1)} GiB, ${type()} ${release()}`,
    `Node.js ${process.version}, kubectl ${clientVersion.gitVersion} with kustomize ${kustomizeVersion}`,
    `load average before the run: ${loadavg()[0].toFixed(2)}`,
  ];
}

export function readme({ date, repetitions, machine, rows, notes }) {
  return `## Synthesis

\`npm run bench\` measures synthesis and writes this section; it fails when a goal is missed. \`npm run bench -- --quick\`
measures three times, prints, and writes nothing.

Measured on ${date}, ${machine.join('; ')}.

${table(rows)}

Programs run in turn (A, B, A, B, …), each into a new folder, once for a warm file cache and then ${repetitions} times;
times are medians. Where loading is left out, the program measures from its first construct to its last file; all
else is the whole process, from start to exit. The floor, \`node -e 0\`, is measured in the same turn.

${notes.map((note) => `- ${note}`).join('\n')}
`;
}
