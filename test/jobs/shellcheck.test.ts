import { spawnSync } from 'node:child_process';
import { CreateDatabase } from '../../lib/database/create-database';
import { Credentials } from '../../lib/database/credentials';
import { PostgresStatefulSet } from '../../lib/database/postgres-statefulset';
import { requirePrograms } from '../programs';
import { objectsOf, stageOf } from '../unit/stage';

requirePrograms({ shellcheck: 'shellcheck' });

const stage = stageOf();
const postgres = new PostgresStatefulSet(stage, 'server', {
  name: 'db',
  credentials: Credentials.generated(),
});
new CreateDatabase(stage, 'create', { postgres, databaseName: 'flows', jobName: 'create-flows' });
const scripts = objectsOf(stage)
  .filter(({ kind }) => kind === 'Job')
  .map(({ metadata, spec }) => [metadata.name, spec.template.spec.containers[0]] as const);

test.each(scripts)(
  'shellcheck finds nothing in the script of Job %s, and every variable of it is in the manifest',
  (_, container) => {
    const variables = container.env.map(({ name }: { name: string }) => `export ${name}="$1"\n`).join('');
    const { status, stdout } = spawnSync(
      'shellcheck',
      ['--shell=bash', '--enable=check-unassigned-uppercase', '-'],
      {
        input: variables + container.command[2],
        encoding: 'utf8',
      },
    );
    expect(stdout).toBe('');
    expect(status).toBe(0);
  },
);

test('both scripts are checked', () => {
  expect(scripts.map(([name]) => name)).toEqual(['generate-db-secret', 'create-flows']);
});
