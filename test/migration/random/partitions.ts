import { quoted, type Statements } from './statements';

/** Adds a table with partitions of partitions, and one that is scattered by an enum. */
export function addPartitions({ choice, add, change, named, place, comment }: Statements): void {
  const [root, middle, leaf, other] = ['root', 'middle', 'leaf', 'other'].map((kind) => named(kind)) as [
    ReturnType<typeof named>,
    ReturnType<typeof named>,
    ReturnType<typeof named>,
    ReturnType<typeof named>,
  ];
  const [rootName, middleName, leafName, otherName] = [root, middle, leaf, other].map(({ name }) =>
    place(name),
  ) as [string, string, string, string];
  add(
    `CREATE TABLE ${rootName} (id int, region text NOT NULL, rate numeric DEFAULT 1.19) PARTITION BY ${choice.of(
      ['LIST (region)', 'LIST (lower(region))', 'LIST ((region || \'\') COLLATE "C")'],
    )}`,
  );
  add(
    `CREATE TABLE ${middleName} PARTITION OF ${rootName} FOR VALUES IN ('north', 'it''s', NULL) PARTITION BY RANGE (id, rate)`,
  );
  add(
    `CREATE TABLE ${leafName} PARTITION OF ${middleName} (rate DEFAULT 2.5, CHECK (id > -5)) FOR VALUES FROM (MINVALUE, MINVALUE) TO (100, MAXVALUE) WITH (fillfactor = 60)`,
  );
  add(`CREATE TABLE ${otherName} PARTITION OF ${rootName} DEFAULT`);
  add(
    `INSERT INTO ${rootName} SELECT i, CASE i % 3 WHEN 0 THEN 'north' WHEN 1 THEN 'it''s' ELSE 'south' END FROM generate_series(1, 60) AS i`,
  );
  comment(`TABLE ${leafName}`, leaf.token);
  change(`UPDATE ${rootName} SET rate = rate + 0.10 WHERE id = 3`, 'rows', leaf.name);
  change(`UPDATE ${otherName} SET region = 'east' WHERE id = 2`, 'rows', other.name);
  const leafChange = choice.of([
    `ALTER TABLE ${leafName} ALTER rate SET DEFAULT 3.5`,
    `ALTER TABLE ${middleName} DETACH PARTITION ${leafName}`,
    `ALTER TABLE ${leafName} RESET (fillfactor)`,
  ]);
  change(leafChange, 'catalog', leaf.token);
  const index = named('everywhere');
  add(`CREATE INDEX ${quoted(index.name)} ON ${rootName} (rate DESC, id) WHERE rate > 1.5`);
  const trigger = named('inherited');
  const calledName = place(named('at').name);
  add(`CREATE FUNCTION ${calledName}() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN RETURN NEW; END $f$`);
  add(
    `CREATE TRIGGER ${quoted(trigger.name)} AFTER INSERT ON ${rootName} FOR EACH ROW WHEN (new.id > 3) EXECUTE FUNCTION ${calledName}()`,
  );
  change(
    // A partition that was detached has the trigger no more.
    `ALTER TABLE ${choice.of(leafChange.includes('DETACH') ? [middleName, rootName] : [middleName, leafName, rootName])} DISABLE TRIGGER ${quoted(trigger.name)}`,
    'catalog',
    trigger.token,
  );

  const [grade, graded] = [named('grade'), named('graded')];
  const [gradeName, gradedName] = [place(grade.name), place(graded.name)];
  add(`CREATE TYPE ${gradeName} AS ENUM ('a', 'b', 'c')`);
  add(`CREATE TABLE ${gradedName} (g ${gradeName}, n int) PARTITION BY HASH (g)`);
  for (const remainder of [0, 1]) {
    add(
      `CREATE TABLE ${place(named('scattered').name)} PARTITION OF ${gradedName} FOR VALUES WITH (MODULUS 2, REMAINDER ${remainder})`,
    );
  }
  add(
    `INSERT INTO ${gradedName} SELECT (ARRAY['a', 'b', 'c'])[1 + i % 3]::${gradeName}, i FROM generate_series(1, 30) AS i`,
  );
  change(`UPDATE ${gradedName} SET n = -n WHERE n = ${1 + choice.below(30)}`, 'rows', graded.name);
}
