// npm run bench             measures synthesis, writes its section of bench/README.md, and fails when a goal is missed
// npm run bench rollout     the same for the rollout, on an API server of its own (bench/rollout/)
// npm run bench migration   the same for the copy of the databases, on servers of its own (bench/migration/)
// npm run bench -- --quick  measures less often and writes nothing
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packScripts } from '../scripts/pack-scripts.js';
import { machine, met, readme, table } from './report.mjs';
import { writeSection } from './section.mjs';
import { fleet, oneHub, stages } from './synthesis.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const quick = process.argv.includes('--quick');
const repetitions = quick ? 3 : 11;

function measure() {
  const conditions = machine();
  const workspace = mkdtempSync(join(tmpdir(), 'cdk8s-rhdh-bench-'));
  try {
    const results = [oneHub, stages, fleet].map((benchmark) => benchmark({ root, workspace, repetitions }));
    return {
      date: new Date().toISOString().slice(0, 10),
      repetitions,
      machine: conditions,
      rows: results.flatMap(({ rows }) => rows),
      notes: results.flatMap(({ notes }) => notes),
    };
  } finally {
    rmSync(workspace, { recursive: true });
  }
}

const page = join(root, 'bench', 'README.md');

/** Runs the benchmark of a folder, which prints its section. */
function measureIn(folder) {
  const tsNode = join(root, 'node_modules', '.bin', 'ts-node');
  const { status, stdout } = spawnSync(
    process.execPath,
    [tsNode, '--swc', join('bench', folder, 'run.ts'), ...process.argv.slice(3)],
    { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  console.log(stdout);
  if (!quick && stdout.startsWith('## ')) writeSection(page, folder, stdout);
  process.exitCode = status ?? 1;
}

process.chdir(root);
packScripts();
if (['rollout', 'migration'].includes(process.argv[2])) {
  measureIn(process.argv[2]);
} else if (spawnSync('kubectl', ['version', '--client']).status !== 0) {
  console.error(
    'kubectl is not on this machine, and its kustomize is what synthesis is measured against: install it.',
  );
  process.exitCode = 1;
} else {
  const result = measure();
  console.log([...result.machine, '', table(result.rows), '', ...result.notes].join('\n'));
  if (!quick) writeSection(page, 'synthesis', readme(result));
  const missed = result.rows.filter((row) => !met(row));
  missed.forEach(({ what, goal }) => console.error(`Missed: ${what}, at most ${goal}.`));
  process.exitCode = missed.length > 0 ? 1 : 0;
}
