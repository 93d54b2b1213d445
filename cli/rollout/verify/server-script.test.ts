import { parseAnswer } from './server-script';

test('the answer is the last line that begins as JSON does', () => {
  expect(parseAnswer('psql: warning\n{"version":"15.14"}\n')).toEqual({ version: '15.14' });
});

test.each(['', 'no answer', '{"version":'])('a log without an answer gives none: %j', (log) => {
  expect(parseAnswer(log)).toBeUndefined();
});
