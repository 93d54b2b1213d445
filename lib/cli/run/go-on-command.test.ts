import { goOnCommand } from './go-on-command';

test('the command can be pasted into a shell', () => {
  expect(goOnCommand(['apply', 'dist', '--from', '0300'])).toBe('cdk8s-rhdh apply dist --from 0300');
  expect(goOnCommand(['apply', "my dist's", '$(x)'])).toBe(`cdk8s-rhdh apply 'my dist'\\''s' '$(x)'`);
});
