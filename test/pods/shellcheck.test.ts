import { spawnSync } from 'node:child_process';
import { requirePrograms } from '../programs';

requirePrograms({ shellcheck: 'shellcheck' });

test('shellcheck finds nothing in what makes a container and in the entry points of images', () => {
  const scripts = ['enter.sh', 'images/postgresql/run-postgresql'];
  const { status, stdout } = spawnSync('shellcheck', scripts, { cwd: __dirname, encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});
