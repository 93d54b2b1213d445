import { Move } from './move';

let move: Move;

beforeEach(async () => {
  move = await Move.start();
});

afterEach(() => move.remove());

const APP = 'backstage_plugin_app';

test("the planner's statistics are gathered of every table with rows, and of what indexes compute", async () => {
  move.source.query(`CREATE DATABASE ${APP}`);
  move.source.query(
    `CREATE TABLE large AS SELECT i, 'text ' || i AS text FROM generate_series(1, 200000) AS i;
     CREATE INDEX of_text ON large (upper(text));
     CREATE TABLE small AS SELECT 7 AS number;
     CREATE MATERIALIZED VIEW view AS TABLE small;
     CREATE TABLE parted (part int) PARTITION BY LIST (part);
     CREATE TABLE part PARTITION OF parted DEFAULT;
     INSERT INTO parted VALUES (1), (2);`,
    APP,
  );
  expect((await move.run()).code).toBe(0);
  const analyzed = 'SELECT DISTINCT tablename FROM pg_stats WHERE schemaname = current_schema ORDER BY 1';
  expect(move.target.query(analyzed, APP)).toEqual(['large', 'of_text', 'part', 'parted', 'small', 'view']);
});

test('a table whose index calls a function of the source is left to autovacuum, and its copy is proven', async () => {
  move.source.query(`CREATE DATABASE ${APP}`);
  move.source.query(
    `CREATE FUNCTION no_sample(i int) RETURNS int IMMUTABLE LANGUAGE plpgsql SET search_path = pg_catalog AS $$
       BEGIN
         IF current_query() LIKE 'ANALYZE%' THEN RAISE EXCEPTION 'not now'; END IF;
         RETURN i;
       END $$;
     CREATE TABLE t AS SELECT i FROM generate_series(1, 1000) AS i;
     CREATE INDEX ON t (no_sample(i));`,
    APP,
  );
  const { code, output, report } = await move.run();
  expect({ code, report }).toEqual({ code: 0, report: expect.objectContaining({ outcome: 'proven' }) });
  const lines = output.trimEnd().split('\n');
  expect(
    lines
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as object)
      .at(-1),
  ).toMatchObject({
    command: 'copy',
    outcome: 'proven',
  });
  expect(output).not.toContain('not now');
  expect(move.target.query(`SELECT count(*) FROM pg_stats WHERE tablename = 't'`, APP)).toEqual(['0']);
});
