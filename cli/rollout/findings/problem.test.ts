import { folded, problemText, ProblemsError, type Problem } from '../findings/problem';

const problem = (message: string, where?: string): Problem => ({
  severity: 'error',
  rule: 'no-files',
  message,
  advice: 'Mend it.',
  where,
});

test('what several places have in common is one problem, at the first of them', () => {
  const problems = [
    problem('a', 'x.yaml:1'),
    problem('b', 'x.yaml:1'),
    problem('a', 'x.yaml:9'),
    problem('c'),
    problem('a', 'y.yaml:1'),
  ];
  expect(folded(problems)).toEqual([
    { ...problem('a', 'x.yaml:1'), alsoAt: ['x.yaml:9', 'y.yaml:1'] },
    problem('b', 'x.yaml:1'),
    problem('c'),
  ]);
});

test.each([
  [problem('a'), 'a\n      Mend it.'],
  [problem('a', 'x.yaml:1'), 'x.yaml:1: a\n      Mend it.'],
  [{ ...problem('a', 'x.yaml:1'), alsoAt: ['y'] }, 'x.yaml:1 and 1 other place: a\n      Mend it.'],
  [{ ...problem('a', 'x.yaml:1'), alsoAt: ['y', 'z'] }, 'x.yaml:1 and 2 other places: a\n      Mend it.'],
])('%j is shown with place and advice', (given, text) => {
  expect(problemText(given)).toBe(text);
});

test('an error has every problem once', () => {
  const error = new ProblemsError('x cannot be applied:', [
    problem('a', 'x.yaml:1'),
    problem('a', 'x.yaml:2'),
  ]);
  expect(error.message).toBe('x cannot be applied:\n  - x.yaml:1 and 1 other place: a\n      Mend it.');
  expect(error.problems).toHaveLength(1);
});
