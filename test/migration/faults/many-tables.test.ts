import { Move } from '../move';

const database = 'backstage_plugin_many';

let move: Move;

beforeAll(async () => {
  move = await Move.start();
});

afterAll(() => move.remove());

const restart = async (server: Move['source'], locks: string) => {
  await server.stop();
  await server.start({ max_locks_per_transaction: locks });
};

test('10,000 empty tables are copied where there is room for their locks, and refused where there is none', async () => {
  await Promise.all([restart(move.source, '256'), restart(move.target, '256')]);
  move.source.query(`CREATE DATABASE ${database}`);
  for (let first = 1; first <= 10_000; first += 1000) {
    move.source.query(
      `DO $$ BEGIN FOR i IN ${first}..${first + 999} LOOP
         EXECUTE format('CREATE TABLE %I (id int)', 'table ' || i);
       END LOOP; END $$`,
      database,
    );
  }

  await restart(move.source, '10');
  const refused = await move.run();
  expect(refused.result).toMatchObject({
    outcome: 'refused',
    findings: [
      {
        code: 'source/locks',
        text: `Database ${database} of the source has 10000 tables, and pg_dump locks them all at once: set max_locks_per_transaction (now 10) to 250 and restart the source.`,
      },
    ],
  });
  expect(move.target.databases()).toEqual([]);

  await restart(move.source, '256');
  const { result } = await move.run();
  expect(result).toMatchObject({
    outcome: 'proven',
    findings: [],
    databases: [{ database, tables: 10_000, rows: 0, equal: true }],
  });
  expect(
    move.target.query("SELECT count(*) FROM pg_tables WHERE tablename LIKE 'table %'", database),
  ).toEqual(['10000']);
});
