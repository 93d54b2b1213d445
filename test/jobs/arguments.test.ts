import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ArgumentsWatch } from './arguments';

test('a secret among the arguments of a process is seen', async () => {
  const watch = new ArgumentsWatch();
  await promisify(execFile)('bash', ['-c', 'sleep 0.3; true', 'not-so-secret']);
  expect(watch.stop().filter((line) => line.includes('not-so-secret'))).toEqual([
    'bash -c sleep 0.3; true not-so-secret ',
  ]);
});
