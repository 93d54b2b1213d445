import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { moveRules } from '../../cli/rollout/findings/rules';
import { steps } from '../../cli/rollout/move/steps/table';

const root = join(__dirname, '../..');
const page = readFileSync(join(root, 'docs/migration.md'), 'utf8');
const files = (folder: string, pattern: RegExp) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name))
    .map((name) => ({ name, text: readFileSync(join(root, folder, name), 'utf8') }));
const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, match]) => match!);

/** Codes of the Job's findings. */
function codesOfScripts(): string[] {
  const scripts = files('lib/migration/scripts', /\.(sh|sql)$/);
  // What comes after the last word is no failure.
  const units = scripts.filter(
    ({ name, text }) => text.includes('. "$SCRIPTS/unit.sh" "$@"') && name !== 'analyze.sh',
  );
  const variables: Record<string, string[]> = {
    $side: ['source', 'target'],
    $script: units.map(({ name }) => name.replace('.sh', '')),
  };
  return scripts
    .flatMap(({ name, text }) =>
      name.endsWith('.sh')
        ? matches(text, /\bfinding (?:\w+|"\$\w+") "?([$\w/-]+)/g)
        : matches(text, /['"]([a-z]+\/[a-z-]+)['"]/g),
    )
    .flatMap((code) => {
      const variable = /^\$\w+/.exec(code)?.[0] ?? '';
      return variable === ''
        ? [code]
        : (variables[variable] as string[]).map((value) => code.replace(variable, value));
    });
}

test('docs/migration.md has every code that a move can refuse or note with, once, and no other', () => {
  const table = page.split('<!-- refusals: begin -->')[1]!.split('<!-- refusals: end -->')[0]!;
  const codes = table.split('\n').flatMap((line) => matches(line.split('|')[1] ?? '', /`([^`]+)`/g));
  expect(codes.length).toBeGreaterThan(40);
  expect(codes.sort()).toEqual(
    [...new Set([...codesOfScripts(), ...Object.keys(moveRules), 'move-under-way'])].sort(),
  );
});

test('docs/migration.md has every step with what it does and how it is undone, in a table and a diagram', () => {
  const table = page.split('| step ')[1]!.split('\n\n')[0]!.split('\n').slice(2);
  expect(
    table.map((row) =>
      row
        .split('|')
        .slice(1, 4)
        .map((cell) => cell.trim()),
    ),
  ).toEqual(steps.map(({ name, title, undoTitle = '' }) => [`\`${name}\``, title, undoTitle]));
  const diagram = page.split('```mermaid')[1]!.split('```')[0]!;
  const nodes = [...diagram.matchAll(/(\w+)\["([^"]+)"\]/g)].map(([, name, title]) => `${name}: ${title}`);
  expect(nodes.filter((node) => !/^(prepared|stopped|switched): /.test(node))).toEqual(
    steps.map(({ name, title }) => `${name}: ${title}`),
  );
});
