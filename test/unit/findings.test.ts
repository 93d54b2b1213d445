import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findingRules, type FindingRule, type RuleName } from '../../cli/rollout/findings/rules';
import { bundleProvocations } from './findings/bundles';
import { clusterProvocations } from './findings/cluster';
import { destroyProvocations } from './findings/destroy';
import { moveProvocations } from './findings/move';
import type { Provocation } from './findings/provocation';

const rules: Readonly<Record<RuleName, FindingRule>> = findingRules;
const provocations: Readonly<Record<RuleName, Provocation>> = {
  ...bundleProvocations,
  ...clusterProvocations,
  ...moveProvocations,
  ...destroyProvocations,
};
const cases = (Object.entries(provocations) as [RuleName, Provocation][]).map(([rule, provocation]) => ({
  rule,
  ...provocation,
}));

test('has a test for each rule, and no other', () => {
  expect(Object.keys(provocations)).toEqual(Object.keys(rules));
});

test('no name of a rule has the form of a code of the Job', () => {
  expect(Object.keys(rules).filter((name) => /\/|^(proof|command)$/.test(name))).toEqual([]);
});

test.each(cases)('$rule is found when $when', async ({ rule, provoke, message, advice }) => {
  const row = rules[rule];
  expect(await provoke()).toMatchObject([
    {
      severity: 'severity' in row ? row.severity : 'error',
      rule,
      message,
      advice: 'advice' in row ? row.advice : advice,
    },
  ]);
});

test('each rule that can be a warning has a test of it, and no other', () => {
  const lenient = cases.filter(({ leniently }) => leniently !== undefined).map(({ rule }) => rule);
  expect(lenient).toEqual(Object.keys(rules).filter((name) => 'warningWith' in rules[name as RuleName]));
});

test.each(
  cases.flatMap(({ leniently, ...rest }) => (leniently === undefined ? [] : [{ ...rest, leniently }])),
)('$rule can be a warning', async ({ rule, leniently, message }) => {
  expect(await leniently()).toMatchObject([{ severity: 'warning', rule, message }]);
});

test('docs/findings.md has each rule with who tells it, an example and what to do, and no other', () => {
  const lines = readFileSync(join(__dirname, '../../docs/findings.md'), 'utf8').split('\n');
  expect(lines.filter((line) => /^(- \*\*`| {2}- )/.test(line))).toEqual(cases.flatMap(linesOf));
});

function linesOf({ rule, message }: { readonly rule: RuleName; readonly message: string }): string[] {
  const { finds, commands, ...row } = rules[rule];
  const severity = 'severity' in row ? row.severity : `error; warning ${row.warningWith}`;
  const told = commands.length === 7 ? 'every command' : commands.map((name) => `\`${name}\``).join(', ');
  return [
    `- **\`${rule}\`**: ${finds} (${severity}; ${told})`,
    `  - Example: \`${message}\``,
    `  - Way out: ${'advice' in row ? row.advice : row.remedy}`,
  ];
}
