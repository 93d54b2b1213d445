import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { requirePrograms } from '../programs';

requirePrograms({ shellcheck: 'shellcheck' });

const folder = join(__dirname, '..', '..', 'lib', 'migration', 'scripts');
const scripts = readdirSync(folder).filter((name) => name.endsWith('.sh'));

test('shellcheck finds nothing in the scripts', () => {
  const { status, stdout } = spawnSync(
    'shellcheck',
    ['--shell=bash', '--external-sources', `--source-path=${folder}`, ...scripts],
    { cwd: folder, encoding: 'utf8' },
  );
  expect(stdout).toBe('');
  expect(status).toBe(0);
  expect(scripts).toContain('move.sh');
});
