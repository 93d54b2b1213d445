import * as fc from 'fast-check';
import { cloudNativePgKeys, serverIn, tlsModes } from '../../test/unit/servers';
import { objectOf, problemsOf, stageOf } from '../../test/unit/stage';
import { expandVariables } from '../../test/unit/expand-variables';
import { CreateDatabase, type CreateDatabaseProps } from './create-database';

function containerOf(props: Partial<CreateDatabaseProps> & Pick<CreateDatabaseProps, 'postgres'>) {
  const scope = props.postgres.node.scope!;
  new CreateDatabase(scope, 'create', { databaseName: 'flows', jobName: 'create-flows', ...props });
  const job = objectOf(scope, 'Job');
  return { job, container: job.spec.template.spec.containers[0] };
}

test('every property reaches the Job', () => {
  const props: Required<CreateDatabaseProps> = {
    postgres: serverIn(stageOf()),
    databaseName: 'rhdh-ls',
    jobName: 'create-chats',
    image: 'registry.example.com/psql:15',
  };
  const { job, container } = containerOf(props);
  expect(job.metadata).toEqual({ name: 'create-chats', namespace: 'rhdh' });
  expect(container.image).toBe('registry.example.com/psql:15');
  expect(container.env).toEqual([
    { name: 'PGHOST', value: 'db.data.svc.cluster.local' },
    { name: 'PGPORT', value: '5432' },
    { name: 'PGUSER', valueFrom: { secretKeyRef: { name: 'login', key: 'POSTGRES_USER' } } },
    { name: 'PGPASSWORD', valueFrom: { secretKeyRef: { name: 'login', key: 'POSTGRES_PASSWORD' } } },
    { name: 'PGSSLMODE', value: 'disable' },
    { name: 'MAINTENANCE_DATABASE', value: 'postgres' },
    { name: 'DATABASE_NAME', value: 'rhdh-ls' },
  ]);
  expect(problemsOf(props.postgres)).toEqual([]);
});

test('names of database and Job can be read from the construct', () => {
  const postgres = serverIn(stageOf());
  const construct = new CreateDatabase(postgres, 'create', {
    postgres,
    databaseName: 'flows',
    jobName: 'create-flows',
  });
  expect([construct.databaseName, construct.jobName]).toEqual(['flows', 'create-flows']);
});

test('the image is the client image of the server, unless another is said', () => {
  const postgres = serverIn(stageOf());
  expect(containerOf({ postgres }).container.image).toBe(postgres.clientImage);
});

test('the authority of the server is mounted', () => {
  const { job, container } = containerOf({
    postgres: serverIn(stageOf(), { tls: tlsModes['verify-full'] }),
  });
  expect(container.env).toContainEqual({ name: 'PGSSLROOTCERT', value: '/etc/postgres-ca/root.pem' });
  expect(container.volumeMounts).toContainEqual({
    name: 'postgres-ca',
    mountPath: '/etc/postgres-ca',
    readOnly: true,
  });
  expect(job.spec.template.spec.volumes.map(({ name }: { name: string }) => name)).toEqual([
    'tmp',
    'postgres-ca',
  ]);
});

test('a Secret with keys of its own is read under these keys', () => {
  const { container } = containerOf({ postgres: serverIn(stageOf(), { keys: cloudNativePgKeys }) });
  expect(container.env).toContainEqual({
    name: 'PGPASSWORD',
    valueFrom: { secretKeyRef: { name: 'login', key: 'password' } },
  });
});

test('the script is the same for every database: the name reaches it as a variable', () => {
  const one = containerOf({ postgres: serverIn(stageOf()), databaseName: 'one' });
  const other = containerOf({ postgres: serverIn(stageOf()), databaseName: '"; DROP DATABASE postgres; --' });
  expect(one.container.command).toEqual(other.container.command);
});

test('Kubernetes hands the name to the script as it is, whatever is in it', () => {
  const secrets = { PGPASSWORD: 'secret', PGHOST: 'db' };
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('$', '(', ')', 'PGPASSWORD', 'a', ' '), maxLength: 12 }),
      (databaseName) => {
        const { container } = containerOf({ postgres: serverIn(stageOf()), databaseName });
        expect(expandVariables(container.env.at(-1).value, secrets)).toBe(databaseName);
      },
    ),
  );
});

test('Kubernetes finds no variable to expand in the script', () => {
  const { container } = containerOf({ postgres: serverIn(stageOf()) });
  const variables = Object.fromEntries(container.env.map(({ name }: { name: string }) => [name, 'expanded']));
  expect(container.command.map((text: string) => expandVariables(text, variables))).toEqual(
    container.command,
  );
});
