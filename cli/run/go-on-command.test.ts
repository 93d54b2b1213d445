import { goBackCommand, goOnCommand } from './go-on-command';

test('the command can be pasted into a shell', () => {
  expect(goOnCommand(['apply', 'dist', '--from', '0300'])).toBe('cdk8s-rhdh apply dist --from 0300');
  expect(goOnCommand(['apply', "my dist's", '$(x)'])).toBe(`cdk8s-rhdh apply 'my dist'\\''s' '$(x)'`);
});

test('the way back has the options that both commands have', () => {
  const argv = ['migrate', 'dist', '--gitops-paused', '-n', 'rhdh', '--dry-run', '--yes'];
  expect(goBackCommand(argv)).toBe('cdk8s-rhdh rollback dist -n rhdh --yes');
});
