import { dump } from '../dump';
import type { Move } from '../move';

const names = ['backstage_plugin_catalog', 'backstage_plugin_search', 'rhdh-ls'];

/** Fills the source with databases that take some seconds to copy: tables of some megabytes, indexes, large objects. */
export function fillSource(move: Move, rows = 60_000): void {
  names.forEach((name) => {
    move.source.query(`CREATE DATABASE "${name}"`);
    move.source.query(
      `CREATE TABLE entities (id bigserial PRIMARY KEY, name text NOT NULL, data jsonb);
       INSERT INTO entities (name, data)
         SELECT md5(i::text), jsonb_build_object('i', i, 'text', repeat('x', i % 99)) FROM generate_series(1, ${rows}) AS i;
       CREATE INDEX entities_name ON entities (name);
       CREATE TABLE small (id bigint PRIMARY KEY REFERENCES entities, at timestamptz);
       INSERT INTO small VALUES (1, '2020-01-01Z'), (2, NULL);
       SELECT lo_from_bytea(7, 'a large object');`,
      name,
    );
  });
}

/** Expects that the source's databases, and nothing else, are in the target, as pg_dump sees them. */
export function expectEqualDatabases(move: Move): void {
  expect(move.target.databases()).toEqual(names);
  names.forEach((name) => {
    const [source, target] = [dump(move.source, name), dump(move.target, name)];
    expect(target.schema).toBe(source.schema);
    // Compared as one value: the difference of so many rows is nothing to print.
    expect(target.rows.join('\n') === source.rows.join('\n')).toBe(true);
  });
}

/** What the marks of the move in the target say: `copying`, `proven`, nothing where there is none. */
export function states(move: Move): string[] {
  const [guard, query] = [
    "SELECT to_regclass('cdk8s_rhdh.move') IS NOT NULL",
    'SELECT state FROM cdk8s_rhdh.move',
  ];
  return move.target
    .databases()
    .map(
      (name) =>
        `${name} ${move.target.query(guard, name)[0] === 't' ? move.target.query(query, name).join() : ''}`,
    );
}
