import { Move } from '../move';

const database = 'backstage_plugin_techdocs';
const bytes = 200 * 2 ** 20;

let move: Move;

beforeEach(async () => {
  move = await Move.start();
});

afterEach(() => move.remove());

test('a row of 200 MiB is copied and proven, in a table of its own and among small ones', async () => {
  move.source.query(`CREATE DATABASE ${database}`);
  move.source.query(
    `CREATE TABLE pages (id int PRIMARY KEY, body text);
     INSERT INTO pages VALUES (1, repeat(E'tab\\t\\\\N é\\n', ${bytes} / 10)), (2, NULL);
     CREATE TABLE files (id int PRIMARY KEY, content bytea);
     ALTER TABLE files ALTER content SET STORAGE external;
     INSERT INTO files VALUES (1, decode(repeat('00ff5c0a', ${bytes} / 4), 'hex')), (2, '');`,
    database,
  );
  const { result } = await move.run();
  expect(result).toMatchObject({
    outcome: 'proven',
    findings: [],
    databases: [{ database, tables: 2, rows: 4, equal: true }],
  });
  const contents = `SELECT id, md5(body), octet_length(body) FROM pages UNION ALL SELECT id, md5(content), length(content) FROM files`;
  const source = move.source.query(contents, database);
  expect(source.map((line) => line.split('|')[2])).toEqual([String(bytes), '', String(bytes), '0']);
  expect(move.target.query(contents, database)).toEqual(source);
});
