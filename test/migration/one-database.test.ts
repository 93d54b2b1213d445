import { Move } from './move';

let move: Move;

beforeEach(async () => {
  move = await Move.start();
});

afterEach(() => move.remove());

/** A server whose administrator gave the hub one database, and nothing else. */
function giveOneDatabase(): void {
  move.target.query("CREATE ROLE hub LOGIN PASSWORD 'hub'");
  move.target.query('CREATE DATABASE rhdh OWNER hub');
  move.target.query('REVOKE CONNECT ON DATABASE postgres FROM PUBLIC');
}

test('a hub in schema mode is copied into the one database that its login may use', async () => {
  move.source.query('CREATE DATABASE rhdh');
  move.source.query(
    'CREATE SCHEMA catalog; CREATE TABLE catalog.entity (id int PRIMARY KEY); INSERT INTO catalog.entity VALUES (1)',
    'rhdh',
  );
  giveOneDatabase();
  const options = {
    props: { include: ['rhdh'] },
    targetLogin: { user: 'hub', password: 'hub' },
    env: { TARGET_MAINTENANCE_DATABASE: 'none\nrhdh\npostgres' },
  };
  const { result } = await move.run(options);
  expect(result.outcome).toBe('proven');
  expect(result.findings.map(({ level }: { level: string }) => level)).toEqual(['notes']);
  expect(move.target.query('SELECT id FROM catalog.entity', 'rhdh')).toEqual(['1']);

  // What a run that was killed left in a database that it had made itself.
  move.target.query(
    "DELETE FROM catalog.entity; UPDATE cdk8s_rhdh.move SET state = 'copying', created = true",
    'rhdh',
  );
  expect((await move.run(options)).result.outcome).toBe('proven');
  expect(move.target.query('SELECT id FROM catalog.entity', 'rhdh')).toEqual(['1']);
});
