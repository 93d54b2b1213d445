import { HubApp } from '../../lib';
import { Rule } from '../../lib/rules/rule';
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
