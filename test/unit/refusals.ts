import { readFileSync } from 'node:fs';
import type { HubApp } from '../../lib';
import type { Rule } from '../../lib/rules/rule';
import { problemsOf } from './valid-app';

/** An app that breaks a rule, and the whole report that it gets. */
export interface Refusal {
  readonly when: string;
  readonly app: () => HubApp;
  readonly report: (string | RegExp)[];
}

/** Breaks each rule of a table at least once and compares the whole report. */
export function testRefusals(
  rules: readonly Rule<never>[],
  refusals: Readonly<Record<string, Refusal[]>>,
): void {
  test('has a test for each rule, and no other', () => {
    expect(Object.keys(refusals).sort()).toEqual(rules.map(({ name }) => name).sort());
  });

  test('docs/refusals.md has each rule with what it refuses and the first report of its tests', () => {
    const rows = rules.map(({ name, refuses }) =>
      ['', `\`${name}\``, refuses, `\`${exampleOf(name, refusals[name])}\``, ''].join('|'),
    );
    const names = rules.map(({ name }) => `|\`${name}\`|`);
    expect(rowsOfPage().filter((row) => names.some((name) => row.startsWith(name)))).toEqual(rows);
  });

  for (const [rule, cases] of Object.entries(refusals)) {
    test.each(cases)(`${rule} refuses when $when`, ({ app, report }) => {
      expect(report.length).toBeGreaterThan(0);
      expect(
        report.some((line) =>
          String(line instanceof RegExp ? line.source.replace(/\\/g, '') : line).includes(`${rule}: `),
        ),
      ).toBe(true);
      expect(problemsOf(app())).toEqual(
        report.map((line) => (line instanceof RegExp ? expect.stringMatching(line) : line)),
      );
    });
  }
}

/** The rows of docs/refusals.md, without the spaces that align them. */
export function rowsOfPage(): string[] {
  return readFileSync('docs/refusals.md', 'utf8')
    .split('\n')
    .map((row) => row.replace(/ *\| */g, '|'))
    .filter((row) => row.startsWith('|`'));
}

function exampleOf(rule: string, cases: readonly Refusal[]): string | undefined {
  const texts = cases.flatMap(({ report }) => report.filter((line) => typeof line === 'string'));
  return texts.map((line) => line.split(` ${rule}: `)[1]).find((text) => text !== undefined);
}
