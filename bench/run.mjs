// npm run bench             measures synthesis, writes bench/README.md, and fails when a goal is missed
// npm run bench -- --quick  measures three times and writes nothing
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { machine, met, readme, table } from './report.mjs';
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

process.chdir(root);
if (spawnSync('kubectl', ['version', '--client']).status !== 0) {
  console.error(
    'kubectl is not on this machine, and its kustomize is what synthesis is measured against: install it.',
  );
  process.exitCode = 1;
} else {
  const result = measure();
  console.log([...result.machine, '', table(result.rows), '', ...result.notes].join('\n'));
  if (!quick) {
    writeFileSync(join(root, 'bench', 'README.md'), readme(result));
  }
  const missed = result.rows.filter((row) => !met(row));
  missed.forEach(({ what, goal }) => console.error(`Missed: ${what}, at most ${goal}.`));
  process.exitCode = missed.length > 0 ? 1 : 0;
}
