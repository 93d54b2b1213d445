import { Choice } from './choice';

/** A change of one thing of a database. */
export interface Change {
  readonly sql: string;
  /** What the difference is about: `rows` of a table, or a definition. */
  readonly what: 'rows' | 'catalog';
  /** What its difference names: a table, or a part of a name that nothing else has. */
  readonly name: string;
}

/** A database, as the statements that make it, and changes of which each must be found. */
export interface RandomDatabase {
  readonly sql: string;
  readonly changes: readonly Change[];
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

const suffixes = [
  '',
  '',
  '',
  ' "q"',
  " 'a'",
  ' \\',
  '.dot',
  ' é%s',
  ' :x',
  '\n--',
  ' UPPER',
  ' $$',
  '\t(',
  '{,}',
];
const texts = [
  '',
  'plain',
  `it's`,
  'é\nü\t\\',
  '%s %I',
  'db.internal',
  'a.b',
  ' NO INDENT)',
  '-- ;',
  '"x"."y"',
  `\\! x`,
];

/** Types, and a value of each made of a number `i`. */
const commonTypes: readonly [string, string][] = [
  ['int', 'i * 7'],
  ['smallint', '(i % 30000)::smallint'],
  ['bigint', 'i * 10000000000'],
  ['numeric', 'i / 3.0'],
  ['numeric(12, 3)', 'i * 1.001'],
  ['double precision', 'i / 7.0::float8'],
  ['real', 'i / 7.0::real'],
  ['text', `'text é ' || i`],
  ['text', `repeat('long ', i % 700) || i`],
  ['varchar(40)', `'varchar ' || i`],
  ['char(12)', `'c' || i`],
  ['name', `('n' || i)::name`],
  ['date', `date '2020-01-01' + i % 100000`],
  ['timestamp', `timestamp '2020-01-01 01:02:03.000004' + i * interval '1 minute'`],
  ['timestamptz', `timestamptz '2020-01-01 01:02:03Z' + i * interval '1 minute'`],
  ['interval', `i * interval '-1 day 2 hours'`],
  ['time', `time '00:00' + i * interval '1 second'`],
  ['uuid', 'md5(i::text)::uuid'],
  ['bytea', `decode(md5(i::text), 'hex')`],
  ['json', `json_build_object('i', i, 'b', ' ')`],
  ['jsonb', `jsonb_build_object('i', i / 2.0, 'n', NULL)`],
  ['xml', `xmlparse(document '<?xml version="1.0" encoding="UTF-8"?><a b="' || i || '"/>')`],
  ['inet', `inet '10.0.0.0' + i`],
  ['macaddr', `('08:00:2b:01:02:' || lpad(to_hex(i % 256), 2, '0'))::macaddr`],
  ['bit(20)', 'i::bit(20)'],
  ['money', 'i::money'],
  ['point', 'point(i, i / 3.0)'],
  ['int[]', 'ARRAY[i, NULL, 3]'],
  ['text[]', `ARRAY[ARRAY['a,b', i::text]]`],
  ['int4range', 'int4range(i, i + 2)'],
  ['nummultirange', 'nummultirange(numrange(i, i + 1))'],
  ['tsvector', `('word' || i || ':1A other')::tsvector`],
  ['regclass', `'pg_class'::regclass`],
  ['"char"', `(CASE i % 3 WHEN 0 THEN 'x' ELSE 'y' END)::"char"`],
  ['jsonpath', `('$.a' || i)::jsonpath`],
  ['pg_lsn', `('0/' || to_hex(i + 1))::pg_lsn`],
];

/** A database of tables of all kinds, and of what can be defined on them. */
export function randomDatabase(seed: number, database: string): RandomDatabase {
  const choice = new Choice(seed);
  const sql: string[] = [];
  const changes: Change[] = [];
  let number = 0;
  const add = (statement: string) => sql.push(`${statement};`);
  const change = (statement: string, what: Change['what'], name: string) =>
    changes.push({ sql: statement, what, name });
  /** A name, and the part of it that nothing else has. */
  const named = (kind: string) => {
    const token = `${kind}${seed}x${(number += 1)}x`;
    return { token, name: token + choice.of(suffixes) };
  };
  const comment = (object: string, token: string) => {
    if (!choice.once(3)) return;
    const text = `of ${token} ${choice.of(texts)}`;
    add(`COMMENT ON ${object} IS ${literal(text)}`);
    change(`COMMENT ON ${object} IS ${literal(`${text} more`)}`, 'catalog', `of ${token} `);
  };

  const schemas = ['public', quoted(named('schema').name)];
  add(`CREATE SCHEMA ${schemas[1]}`);
  const place = (name: string) => `${choice.of(schemas)}.${quoted(name)}`;

  const types = [...commonTypes];
  for (let count = 2; count > 0; count -= 1) {
    const mood = named('enum');
    const [enumName, label] = [place(mood.name), choice.of(texts)];
    add(`CREATE TYPE ${enumName} AS ENUM (${literal(label)}, 'second', 'THIRD')`);
    types.push([enumName, `(CASE i % 2 WHEN 0 THEN ${literal(label)} ELSE 'second' END)::${enumName}`]);
    change(`ALTER TYPE ${enumName} ADD VALUE 'more' BEFORE 'second'`, 'catalog', mood.token);
    const domain = named('domain');
    const domainName = place(domain.name);
    add(
      `CREATE DOMAIN ${domainName} AS text DEFAULT ${literal(choice.of(texts))} CONSTRAINT short CHECK (length(VALUE) < 1000)`,
    );
    types.push([domainName, `('domain ' || i)::${domainName}`]);
    change(`ALTER DOMAIN ${domainName} DROP CONSTRAINT short`, 'catalog', domain.token);
    comment(`DOMAIN ${domainName}`, domain.token);
    const pair = named('pair');
    const pairName = place(pair.name);
    add(`CREATE TYPE ${pairName} AS (a int, b ${enumName}, "c d" text)`);
    types.push([pairName, `ROW(i, 'second', NULL)::${pairName}`]);
    types.push([`${pairName}[]`, `ARRAY[ROW(i, NULL, 'x,"y')::${pairName}, NULL]`]);
    const span = named('span');
    const spanName = place(span.name);
    add(`CREATE TYPE ${spanName} AS RANGE (subtype = float8)`);
    types.push([spanName, `${spanName}(i, i + 0.5)`]);
    const cast = named('cast');
    add(
      `CREATE FUNCTION ${place(cast.name)}(${enumName}) RETURNS text LANGUAGE sql IMMUTABLE AS $f$ SELECT 'same' $f$`,
    );
    const castName = sql.at(-1)!.slice('CREATE FUNCTION '.length).split(' RETURNS')[0]!;
    add(`CREATE CAST (${enumName} AS text) WITH FUNCTION ${castName} AS ASSIGNMENT`);
  }

  const tables: { name: string; token: string; plain: string[]; rows: number }[] = [];
  for (let count = 8; count > 0; count -= 1) {
    const table = named('table');
    const name = place(table.name);
    const columns = Array.from({ length: 1 + choice.below(9) }, () => ({
      ...named('c'),
      type: choice.of(types),
    }));
    const defaults = columns.map(({ type: [type, value] }) =>
      choice.once(4) && !type.includes('xml') ? ` DEFAULT ${value.replaceAll(/\bi\b/g, '5')}` : '',
    );
    const kind = choice.of(['', '', '', 'UNLOGGED ']);
    add(
      `CREATE ${kind}TABLE ${name} (id int ${choice.of(['PRIMARY KEY', 'GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY', 'PRIMARY KEY CHECK (id >= 0)'])}, ${columns
        .map((column, index) => `${quoted(column.name)} ${column.type[0]}${defaults[index]}`)
        .join(', ')}, twice int GENERATED ALWAYS AS (id * 2) STORED)`,
    );
    const rows = choice.of([0, 1, 3, 50, 300]);
    const values = columns.map(({ type: [, value] }) =>
      choice.once(2) ? `CASE WHEN i % 5 = 0 THEN NULL ELSE ${value} END` : value,
    );
    add(
      `INSERT INTO ${name} (id, ${columns.map((column) => quoted(column.name)).join(', ')}) SELECT i, ${values.join(', ')} FROM generate_series(1, ${rows}) AS i`,
    );
    tables.push({
      name,
      token: table.token,
      plain: columns.filter(({ type }) => type[0] === 'text').map((column) => quoted(column.name)),
      rows,
    });
    if (rows > 0) {
      const { name: column, type } = choice.of(columns);
      const constant = type[0] === 'regclass' ? `'pg_proc'::regclass` : type[1].replaceAll(/\bi\b/g, '24577');
      // A value that has only few others may be the same already, so it is taken away there.
      change(
        `UPDATE ${name} SET ${quoted(column)} = CASE WHEN ${quoted(column)} IS NULL THEN ${constant} END WHERE id = 1`,
        'rows',
        table.name,
      );
    } else {
      change(`INSERT INTO ${name} (id) VALUES (77)`, 'rows', table.name);
    }
    comment(`TABLE ${name}`, table.token);
    const commented = choice.of(columns);
    comment(`COLUMN ${name}.${quoted(commented.name)}`, commented.token);
    const [altered] = columns;
    change(
      choice.of([
        `ALTER TABLE ${name} ALTER ${quoted(altered!.name)} SET STATISTICS 77`,
        `ALTER TABLE ${name} ALTER ${quoted(altered!.name)} SET (n_distinct = 5)`,
        `ALTER TABLE ${name} DROP COLUMN ${quoted(altered!.name)} CASCADE`,
        `ALTER TABLE ${name} RENAME ${quoted(altered!.name)} TO renamed`,
      ]),
      'catalog',
      altered!.token,
    );
    const option = named('idx');
    const indexed = tables.at(-1)!.plain[0] ?? 'id';
    const index = choice.of([
      `CREATE INDEX ${quoted(option.name)} ON ${name} (${indexed} DESC NULLS LAST, id)`,
      `CREATE UNIQUE INDEX ${quoted(option.name)} ON ${name} (id) INCLUDE (twice) WHERE id > 0`,
      `CREATE INDEX ${quoted(option.name)} ON ${name} USING hash (id)`,
      `CREATE INDEX ${quoted(option.name)} ON ${name} USING brin (id) WITH (pages_per_range = 4)`,
      `CREATE INDEX ${quoted(option.name)} ON ${name} ((id + 1), (twice::text COLLATE "C"))`,
    ]);
    add(index);
    const indexName = `${name.split('.').length > 1 ? name.slice(0, name.startsWith('public.') ? 6 : schemas[1]!.length) : 'public'}.${quoted(option.name)}`;
    comment(`INDEX ${indexName}`, option.token);
    if (!choice.once(3)) {
      change(`DROP INDEX ${indexName}`, 'catalog', option.token);
    } else if (index.includes('UNIQUE') === false && !index.includes('hash') && !index.includes('brin')) {
      change(`ALTER TABLE ${name} CLUSTER ON ${quoted(option.name)}`, 'catalog', option.token);
    }
    if (choice.once(2)) {
      const check = named('check');
      add(
        `ALTER TABLE ${name} ADD CONSTRAINT ${quoted(check.name)} CHECK (id <> 1.19 AND 'evil.internal' <> ${literal(choice.of(texts))})${choice.of(['', ' NOT VALID'])}`,
      );
      change(
        `ALTER TABLE ${name} RENAME CONSTRAINT ${quoted(check.name)} TO ${quoted(`${check.name}y`)}`,
        'catalog',
        check.token,
      );
    }
    const view = named('view');
    const viewName = place(view.name);
    const text = choice.of(texts);
    const viewOf = (words: string) =>
      `VIEW ${viewName} AS SELECT t.id, ${literal(words)}::text AS "a.b", 1.19 AS rate FROM ${name} AS t ${choice.of(
        [
          'WHERE t.id > 1.5',
          `JOIN ${name} AS u ON u.id = t.twice`,
          `WHERE EXISTS (SELECT FROM ${name} AS x WHERE x.id = t.twice AND x.id < 100)`,
          '',
        ],
      )}`;
    const made = viewOf(text);
    add(`CREATE ${made}`);
    comment(`VIEW ${viewName}`, view.token);
    change(`CREATE OR REPLACE ${made.replace(' 1.19 AS', ' 2.19 AS')}`, 'catalog', view.token);
    if (choice.once(2)) {
      const counted = named('matview');
      add(`CREATE MATERIALIZED VIEW ${place(counted.name)} AS SELECT count(*) AS n, max(id) FROM ${name}`);
    }
    const trigger = named('trigger');
    const called = named('called');
    const calledName = place(called.name);
    add(`CREATE FUNCTION ${calledName}() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN RETURN NEW; END $f$`);
    add(
      `CREATE TRIGGER ${quoted(trigger.name)} BEFORE INSERT ON ${name} FOR EACH ROW WHEN (new.id > 1) EXECUTE FUNCTION ${calledName}()`,
    );
    change(
      choice.of([
        `ALTER TABLE ${name} DISABLE TRIGGER ${quoted(trigger.name)}`,
        `DROP TRIGGER ${quoted(trigger.name)} ON ${name}`,
      ]),
      'catalog',
      trigger.token,
    );
    change(
      `CREATE OR REPLACE FUNCTION ${calledName}() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN RETURN OLD; END $f$`,
      'catalog',
      called.token,
    );
    if (choice.once(2)) {
      const policy = named('policy');
      add(`ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`);
      add(
        `CREATE POLICY ${quoted(policy.name)} ON ${name} FOR SELECT USING (id > 0 AND id IN (SELECT x.id FROM ${name} x WHERE x.twice > 2.5))`,
      );
      change(`ALTER POLICY ${quoted(policy.name)} ON ${name} USING (id > 1)`, 'catalog', policy.token);
    }
    if (choice.once(2)) {
      const statistics = named('stat');
      add(
        `CREATE STATISTICS ${place(statistics.name)} (${choice.of(['ndistinct', 'dependencies', 'mcv'])}) ON id, twice FROM ${name}`,
      );
      change(
        `DROP STATISTICS ${sql.at(-1)!.slice('CREATE STATISTICS '.length).split(' (')[0]}`,
        'catalog',
        statistics.token,
      );
    }
    if (choice.once(3)) {
      const rule = named('rule');
      add(
        `CREATE RULE ${quoted(rule.name)} AS ON DELETE TO ${viewName} DO INSTEAD DELETE FROM ${name} AS t WHERE t.id = old.id`,
      );
      change(`DROP RULE ${quoted(rule.name)} ON ${viewName}`, 'catalog', rule.token);
    }
  }

  const [first, second] = tables;
  const refers = named('refers');
  add(
    `ALTER TABLE ${second!.name} ADD other int, ADD CONSTRAINT ${quoted(refers.name)} FOREIGN KEY (other) REFERENCES ${second!.name} ON DELETE SET NULL DEFERRABLE`,
  );
  change(
    `ALTER TABLE ${second!.name} ALTER CONSTRAINT ${quoted(refers.name)} NOT DEFERRABLE`,
    'catalog',
    refers.token,
  );

  const parent = named('parent');
  const parentName = place(parent.name);
  const by = choice.of(['RANGE', 'LIST', 'HASH']);
  const bound = (part: number) =>
    ({
      RANGE: `FROM (${part * 100}) TO (${part * 100 + 100})`,
      LIST: `IN (${part * 100}, ${part * 100 + 1})`,
      HASH: `WITH (MODULUS 3, REMAINDER ${part})`,
    })[by];
  add(`CREATE TABLE ${parentName} (id int PRIMARY KEY, words text) PARTITION BY ${by} (id)`);
  const parts = [0, 1, 2].map((part) => {
    const token = named('part');
    const name = place(token.name);
    if (choice.once(2)) {
      add(`CREATE TABLE ${name} PARTITION OF ${parentName} FOR VALUES ${bound(part)}`);
    } else {
      add(`CREATE TABLE ${name} (words text, gone int, id int NOT NULL)`);
      add(`ALTER TABLE ${name} DROP COLUMN gone`);
      add(`ALTER TABLE ${parentName} ATTACH PARTITION ${name} FOR VALUES ${bound(part)}`);
    }
    return { name, token: token.token };
  });
  add(`INSERT INTO ${parentName} VALUES (0, 'none'), (100, NULL), (201, 'é')`);
  add(`CREATE TABLE ${quoted(named('keyed').name)} (id int REFERENCES ${parentName})`);
  add(`CREATE INDEX ON ${parentName} (words)`);
  if (by !== 'HASH') {
    add(`ALTER TABLE ${parentName} DETACH PARTITION ${parts[2]!.name}`);
    change(
      `ALTER TABLE ${parentName} ATTACH PARTITION ${parts[2]!.name} FOR VALUES ${bound(2)}`,
      'catalog',
      parts[2]!.token,
    );
  }

  const heir = named('heir');
  const heirName = place(heir.name);
  add(`CREATE TABLE ${heirName} (own int) INHERITS (${first!.name})`);
  add(`INSERT INTO ${heirName} (id, own) VALUES (1, 1), (2, NULL)`);
  change(`ALTER TABLE ${heirName} NO INHERIT ${first!.name}`, 'catalog', heir.token);

  const sequence = named('seq');
  const sequenceName = place(sequence.name);
  add(
    `CREATE SEQUENCE ${sequenceName} INCREMENT ${choice.of([1, 3, -2])} CACHE 5${choice.of(['', ' CYCLE'])}`,
  );
  add(`SELECT nextval(${literal(sequenceName)})`);
  change(`SELECT nextval(${literal(sequenceName)})`, 'catalog', sequence.token);
  for (const kind of ['sql', 'atomic', 'plpgsql']) {
    const called = named('function');
    const calledName = place(called.name);
    const body = (value: string) =>
      kind === 'atomic'
        ? `LANGUAGE sql BEGIN ATOMIC SELECT ${value} + a.id FROM ${first!.name} AS a WHERE a.id = $1; END`
        : kind === 'sql'
          ? `LANGUAGE sql SET DateStyle = 'German, DMY' SET search_path = '', 'a b' AS $f$ SELECT ${value} $f$`
          : `LANGUAGE plpgsql STABLE COST 7 AS $f$ BEGIN RETURN ${value}; END $f$`;
    add(`CREATE FUNCTION ${calledName}(n int DEFAULT 3) RETURNS numeric ${body('1.19')}`);
    change(
      `CREATE OR REPLACE FUNCTION ${calledName}(n int DEFAULT 3) RETURNS numeric ${body('2.19')}`,
      'catalog',
      called.token,
    );
    comment(`FUNCTION ${calledName}(int)`, called.token);
  }
  const aggregate = named('aggregate');
  const aggregateName = place(aggregate.name);
  add(`CREATE AGGREGATE ${aggregateName} (text) (SFUNC = textcat, STYPE = text)`);
  change(`DROP AGGREGATE ${aggregateName} (text)`, 'catalog', aggregate.token);
  const collation = named('coll');
  const collationName = place(collation.name);
  add(
    `CREATE COLLATION ${collationName} (provider = icu, locale = ${choice.of([`'en_US'`, `'de@collation=phonebook'`, `'und'`])})`,
  );
  change(`DROP COLLATION ${collationName}`, 'catalog', collation.token);
  const search = named('search');
  const searchName = place(search.name);
  add(`CREATE TEXT SEARCH CONFIGURATION ${searchName} (COPY = english)`);
  change(`ALTER TEXT SEARCH CONFIGURATION ${searchName} DROP MAPPING FOR word`, 'catalog', search.token);
  const setting = named('setting');
  add(`ALTER DATABASE ${quoted(database)} SET app.${setting.token} = ${literal(choice.of(texts))}`);
  change(`ALTER DATABASE ${quoted(database)} SET app.${setting.token} = 'another'`, 'catalog', setting.token);
  add(
    `ALTER DATABASE ${quoted(database)} SET search_path = ${choice.of([`''`, `'a b', '', '"x'`, 'public'])}`,
  );
  add(`SELECT lo_from_bytea(${4000 + seed}, 'large')`);
  add('CREATE PUBLICATION published FOR ALL TABLES');
  add(`COMMENT ON PUBLICATION published IS 'not copied'`);
  return { sql: sql.join('\n'), changes };
}
