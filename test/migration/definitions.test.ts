import { folderOf } from '../postgres/majors';
import { PostgresServer } from '../postgres/server';
import { join } from 'node:path';
import { Move } from './move';

const database = 'backstage_plugin_app';

/** What PostgreSQL makes itself, keeps otherwise after a restore, or prints otherwise in another major version. */
const same = `
  CREATE TABLE parts (id int PRIMARY KEY, at text) PARTITION BY RANGE (id);
  CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (1) TO (10);
  CREATE TABLE parts_2 PARTITION OF parts FOR VALUES FROM (10) TO (20);
  CREATE TABLE parts_3 (at text, id int NOT NULL);
  ALTER TABLE parts ATTACH PARTITION parts_3 FOR VALUES FROM (20) TO (30);
  CREATE TABLE refers (id int PRIMARY KEY, part int REFERENCES parts);
  CREATE TABLE refers_parts (id int, part int, FOREIGN KEY (part) REFERENCES parts) PARTITION BY LIST (id);
  CREATE TABLE refers_parts_1 PARTITION OF refers_parts FOR VALUES IN (1);
  CREATE TABLE refers_parts_2 (id int, part int);
  ALTER TABLE refers_parts ATTACH PARTITION refers_parts_2 FOR VALUES IN (2);
  ALTER TABLE parts DETACH PARTITION parts_2;
  DROP TABLE parts_2;
  CREATE TABLE base_a (a int NOT NULL CHECK (a > 0));
  CREATE TABLE base_b (b int);
  CREATE TABLE base_c (c int);
  CREATE TABLE heir (own int) INHERITS (base_a, base_b, base_c);
  ALTER TABLE heir NO INHERIT base_a;
  ALTER TABLE base_b ADD COLUMN later int DEFAULT 7;
  CREATE INDEX ON parts (at);
  CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
  CREATE TRIGGER noted AFTER INSERT ON parts FOR EACH ROW EXECUTE FUNCTION note();
  ALTER TABLE parts_1 DISABLE TRIGGER noted;
  CREATE TABLE documents (id int, x xml, body text DEFAULT xmlserialize(content '<a/>'::xml AS text), CHECK (id > 0));
  CREATE VIEW serialized AS SELECT xmlserialize(content x AS text) AS text, 'x NO INDENT) ' AS words FROM documents;
  CREATE FUNCTION serialized(words text DEFAULT xmlserialize(content '<a/>'::xml AS text)) RETURNS text LANGUAGE sql AS 'SELECT $1';
  CREATE DOMAIN document AS xml CONSTRAINT told CHECK (xmlserialize(content VALUE AS text) <> '"a" NO INDENT)') CONSTRAINT short CHECK (length(VALUE::text) < 9);
  CREATE INDEX ON documents ((xmlserialize(content x AS text)));
  CREATE FUNCTION serialized(d documents) RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT xmlserialize(content d.x AS text); END;
  CREATE COLLATION old_name (provider = icu, locale = 'en_US');
  CREATE COLLATION older_name (provider = icu, locale = 'de@collation=phonebook', deterministic = false);
  CREATE TABLE sorted (name text COLLATE old_name);
  CREATE VIEW one AS SELECT id, 'db.internal' AS host, 1.19 AS rate FROM refers WHERE part > 1.5 AND id IN (SELECT r.id FROM refers r WHERE r.part = refers.part);
  CREATE VIEW two AS SELECT a.id, b.id AS other FROM refers a JOIN refers b ON a.id = b.part;
  CREATE MATERIALIZED VIEW counted AS SELECT count(*) AS "a.count" FROM one;
  CREATE RULE kept AS ON UPDATE TO one DO INSTEAD UPDATE refers SET part = new.id WHERE refers.id = old.id;
  CREATE PUBLICATION published FOR TABLE refers;
  COMMENT ON PUBLICATION published IS 'not copied';
  CREATE SUBSCRIPTION subscribed CONNECTION 'host=nowhere password=sesame' PUBLICATION p WITH (connect = false);
  COMMENT ON SUBSCRIPTION subscribed IS 'not copied either';
  CREATE TABLE twice (id int);
  INSERT INTO twice VALUES (1), (1);
  CREATE FUNCTION quoted() RETURNS int LANGUAGE sql SET search_path FROM CURRENT SET DateStyle = 'German, DMY' AS 'SELECT 1';
  CREATE FUNCTION read(words json, "pg_catalog.json" jsonb) RETURNS text LANGUAGE sql AS 'SELECT $1::text';
  COMMENT ON FUNCTION read(json, jsonb) IS 'of pg_catalog.json';
  CREATE CAST (base_b AS json) WITH INOUT;
`;

/** Changes of the target, each with what the report then names. */
const changes: [string, string, string][] = [
  [
    'a number in a view',
    `CREATE OR REPLACE VIEW one AS SELECT id, 'db.internal' AS host, 2.19 AS rate FROM refers WHERE part > 1.5 AND id IN (SELECT r.id FROM refers r WHERE r.part = refers.part)`,
    'public.one',
  ],
  [
    'which of two tables a column of a view is of',
    'CREATE OR REPLACE VIEW two AS SELECT b.id, a.id AS other FROM refers a JOIN refers b ON a.id = b.part',
    'public.two',
  ],
  [
    'the host in a literal',
    `CREATE OR REPLACE VIEW serialized AS SELECT xmlserialize(content x AS text) AS text, 'x' AS words FROM documents`,
    'public.serialized',
  ],
  ['a trigger of a partition', 'ALTER TABLE parts_1 ENABLE TRIGGER noted', 'noted'],
  [
    'the order of parents',
    'ALTER TABLE heir NO INHERIT base_b; ALTER TABLE heir INHERIT base_b',
    'public.heir',
  ],
  [
    'the locale of a collation',
    `ALTER TABLE sorted ALTER name TYPE text; DROP COLLATION older_name; CREATE COLLATION older_name (provider = icu, locale = 'de', deterministic = false)`,
    'public.older_name',
  ],
  ['a default', `ALTER TABLE documents ALTER body SET DEFAULT 'x'`, 'public.documents body'],
  ['the path of a function', `ALTER FUNCTION quoted() SET search_path = 'evil'`, 'public.quoted()'],
  [
    'the body of a function',
    'CREATE OR REPLACE FUNCTION serialized(d documents) RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT d.body; END',
    'public.serialized(public.documents)',
  ],
  [
    'a default of a function',
    `CREATE OR REPLACE FUNCTION serialized(words text DEFAULT 'evil') RETURNS text LANGUAGE sql AS 'SELECT $1'`,
    'public.serialized(text)',
  ],
  ['a constraint of a domain', 'ALTER DOMAIN document DROP CONSTRAINT told', 'public.document'],
  ['a constraint', 'ALTER TABLE refers DROP CONSTRAINT refers_part_fkey', 'refers_part_fkey'],
];

let move: Move;

afterEach(() => move.remove());

const of = (major: 16 | 17 | 18) => () =>
  PostgresServer.create(undefined, { bin: join(folderOf(major), 'bin') });

test.each<[string, () => Promise<PostgresServer>]>([
  ['15', () => PostgresServer.create()],
  ['16', of(16)],
  ['17', of(17)],
  ['18', of(18)],
])(
  'what PostgreSQL makes or prints otherwise is no difference, from 15 to %s, and what differs is one',
  async (_, target) => {
    move = await Move.start(target);
    move.source.query(`CREATE DATABASE ${database}`);
    move.source.query(same, database);
    expect(() =>
      move.source.query('CREATE UNIQUE INDEX CONCURRENTLY invalid ON twice (id)', database),
    ).toThrow('unique');
    move.source.query(`COMMENT ON INDEX invalid IS 'not copied'`, database);
    const { result, report, output } = await move.run();
    expect(report?.databases.map(({ differences }: any) => differences)).toEqual([[]]);
    expect(result.outcome).toBe('proven');
    expect(output).not.toContain('sesame');
    for (const [, sql] of changes) move.target.query(sql, database);
    const changed = await move.run();
    expect(changed.result.outcome).toBe('unequal');
    const texts = changed.report?.databases[0].differences.map(({ text }: any) => text).join('\n');
    for (const [what, , name] of changes) {
      expect({ what, found: texts.includes(name) }).toEqual({ what, found: true });
    }
  },
);
