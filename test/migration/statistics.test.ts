import { Move } from './move';

let move: Move;

beforeEach(async () => {
  move = await Move.start();
});

afterEach(() => move.remove());

const app = 'backstage_plugin_app';

test("the planner's statistics are gathered of every table with rows, and of what indexes compute", async () => {
  move.source.query(`CREATE DATABASE ${app}`);
  move.source.query(
    `CREATE TABLE large AS SELECT i, 'text ' || i AS text FROM generate_series(1, 200000) AS i;
     CREATE INDEX of_text ON large (upper(text));
     CREATE TABLE small AS SELECT 7 AS number;
     CREATE MATERIALIZED VIEW view AS TABLE small;
     CREATE TABLE parted (part int) PARTITION BY LIST (part);
     CREATE TABLE part PARTITION OF parted DEFAULT;
     INSERT INTO parted VALUES (1), (2);`,
    app,
  );
  expect((await move.run()).code).toBe(0);
  const analyzed = 'SELECT DISTINCT tablename FROM pg_stats WHERE schemaname = current_schema ORDER BY 1';
  expect(move.target.query(analyzed, app)).toEqual(['large', 'of_text', 'part', 'parted', 'small', 'view']);
});

test('they come after the report and the last line, and a copy without them is proven nevertheless', async () => {
  move.source.query(`CREATE DATABASE ${app}`);
  // Only a superuser makes an order the default of a type; ANALYZE sorts by it.
  move.source.query(
    `CREATE FUNCTION before(a point, b point) RETURNS bool IMMUTABLE LANGUAGE sql AS 'SELECT a[0] < b[0]';
     CREATE FUNCTION same(a point, b point) RETURNS bool IMMUTABLE LANGUAGE sql AS 'SELECT a[0] = b[0]';
     CREATE FUNCTION no_sample(a point, b point) RETURNS int IMMUTABLE LANGUAGE plpgsql SET search_path = pg_catalog AS $$
       BEGIN
         IF current_query() LIKE 'ANALYZE%' THEN RAISE EXCEPTION 'not now'; END IF;
         RETURN a[0] - b[0];
       END $$;
     CREATE OPERATOR <<< (LEFTARG = point, RIGHTARG = point, FUNCTION = before);
     CREATE OPERATOR === (LEFTARG = point, RIGHTARG = point, FUNCTION = same);
     CREATE OPERATOR CLASS by_x DEFAULT FOR TYPE point USING btree AS
       OPERATOR 1 <<<, OPERATOR 3 ===, FUNCTION 1 no_sample(point, point);
     CREATE TABLE t AS SELECT point(i, 0) AS at FROM generate_series(1, 1000) AS i;`,
    app,
  );
  const { code, output, report } = await move.run();
  expect({ code, report }).toEqual({ code: 0, report: expect.objectContaining({ outcome: 'proven' }) });
  const [result, last] = output.trimEnd().split('\n').slice(-2);
  expect(JSON.parse(result)).toMatchObject({ command: 'copy', outcome: 'proven' });
  expect(last).toBe(
    `The statistics of database "${app}" could not be gathered, which autovacuum will do: ERROR: the text of a function's exception, which may be data`,
  );
});

test('a table whose index calls a function of the source is left to autovacuum, and its copy is proven', async () => {
  move.source.query(`CREATE DATABASE ${app}`);
  move.source.query(
    `CREATE FUNCTION no_sample(i int) RETURNS int IMMUTABLE LANGUAGE plpgsql SET search_path = pg_catalog AS $$
       BEGIN
         IF current_query() LIKE 'ANALYZE%' THEN RAISE EXCEPTION 'not now'; END IF;
         RETURN i;
       END $$;
     CREATE TABLE t AS SELECT i FROM generate_series(1, 1000) AS i;
     CREATE INDEX ON t (no_sample(i));`,
    app,
  );
  const { code, output, report } = await move.run();
  expect({ code, report }).toEqual({ code: 0, report: expect.objectContaining({ outcome: 'proven' }) });
  expect(JSON.parse(output.trimEnd().split('\n').at(-1)!)).toMatchObject({
    command: 'copy',
    outcome: 'proven',
  });
  expect(output).not.toContain('not now');
  expect(move.target.query(`SELECT count(*) FROM pg_stats WHERE tablename = 't'`, app)).toEqual(['0']);
});
