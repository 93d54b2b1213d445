import { literal, quoted, type Statements, texts } from './statements';

/** Adds tables with constraints, options and triggers of all kinds, heirs and foreign tables. */
export function addConstraints({ choice, add, change, named, place, comment }: Statements): void {
  const base = named('base');
  const baseName = place(base.name);
  const [key, span, words] = ['key', 'span', 'words'].map((kind) => quoted(named(kind).name));
  add(
    `CREATE TABLE ${baseName} (id int GENERATED ALWAYS AS IDENTITY (START ${choice.below(9) + 2} INCREMENT 3 CACHE 4) PRIMARY KEY,
      ${key} int, ${span} int4range, ${words} text COLLATE "C" DEFAULT ${literal(choice.of(texts))} NOT NULL,
      lengths int GENERATED ALWAYS AS (length(${words}) + 1) STORED) WITH (fillfactor = ${50 + choice.below(50)}, toast.autovacuum_enabled = false)`,
  );
  add(
    `INSERT INTO ${baseName} (${key}, ${span}, ${words}) SELECT i, int4range(i, i + 1), 'word ' || i FROM generate_series(1, 40) AS i`,
  );
  change(
    `UPDATE ${baseName} SET ${words} = 'other' WHERE ${key} = ${1 + choice.below(40)}`,
    'rows',
    base.name,
  );
  change(`ALTER TABLE ${baseName} RESET (fillfactor)`, 'catalog', base.token);

  const constraint = (kind: string, definition: string) => {
    const added = named(kind);
    add(`ALTER TABLE ${baseName} ADD CONSTRAINT ${quoted(added.name)} ${definition}`);
    comment(`CONSTRAINT ${quoted(added.name)} ON ${baseName}`, added.token);
    return added;
  };
  const unique = constraint(
    'unique',
    `UNIQUE ${choice.of(['', 'NULLS NOT DISTINCT '])}(${key}) INCLUDE (${words})${choice.of(['', ' DEFERRABLE INITIALLY DEFERRED', ' WITH (fillfactor = 77)'])}`,
  );
  change(`ALTER TABLE ${baseName} DROP CONSTRAINT ${quoted(unique.name)}`, 'catalog', unique.token);
  const apart = constraint('apart', `EXCLUDE USING gist (${span} WITH &&) WHERE (id > 1.5)`);
  change(`ALTER TABLE ${baseName} DROP CONSTRAINT ${quoted(apart.name)}`, 'catalog', apart.token);
  const checked = constraint(
    'checked',
    `CHECK (${words} <> ${literal(`no ${choice.of(texts)}`)} AND ${words} IS NFC NORMALIZED)${choice.of(['', ' NO INHERIT', ' NOT VALID'])}`,
  );
  change(`ALTER TABLE ${baseName} DROP CONSTRAINT ${quoted(checked.name)}`, 'catalog', checked.token);

  const pairKey = named('pairkey');
  add(`CREATE UNIQUE INDEX ${quoted(pairKey.name)} ON ${baseName} (${key}, id)`);
  const refers = named('reference');
  const child = named('child');
  const childName = place(child.name);
  add(`CREATE TABLE ${childName} (a int, b int, payload jsonb DEFAULT '{"a.b": "c"}')`);
  add(`INSERT INTO ${childName} SELECT i, 3 * i FROM generate_series(1, 0) AS i`);
  add(`INSERT INTO ${childName} VALUES (NULL, NULL, NULL), (NULL, NULL, '[1.0, 1.00]')`);
  change(`UPDATE ${childName} SET payload = '[1.00, 1.0]' WHERE payload IS NOT NULL`, 'rows', child.name);
  add(
    `ALTER TABLE ${childName} ADD CONSTRAINT ${quoted(refers.name)} FOREIGN KEY (a, b) REFERENCES ${baseName} (${key}, id) ${choice.of(
      ['MATCH FULL', 'ON DELETE SET NULL (b)', 'ON UPDATE CASCADE ON DELETE RESTRICT', 'DEFERRABLE'],
    )}${choice.of(['', ' NOT VALID'])}`,
  );
  change(`ALTER TABLE ${childName} DROP CONSTRAINT ${quoted(refers.name)}`, 'catalog', refers.token);

  const called = named('noted');
  const calledName = place(called.name);
  add(`CREATE FUNCTION ${calledName}() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN RETURN NULL; END $f$`);
  for (const [timing, execution] of [
    ['AFTER UPDATE', 'REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT'],
    [`AFTER UPDATE OF ${key}, ${words}`, `FOR EACH ROW WHEN (old.${words} <> ${literal(choice.of(texts))})`],
    ['BEFORE TRUNCATE', 'FOR EACH STATEMENT'],
  ]) {
    const trigger = named('event');
    add(
      `CREATE TRIGGER ${quoted(trigger.name)} ${timing} ON ${baseName} ${execution} EXECUTE FUNCTION ${calledName}(${literal(choice.of(texts))}, '\\x')`,
    );
    comment(`TRIGGER ${quoted(trigger.name)} ON ${baseName}`, trigger.token);
    change(
      `ALTER TABLE ${baseName} ${choice.of(['DISABLE', 'ENABLE REPLICA', 'ENABLE ALWAYS'])} TRIGGER ${quoted(trigger.name)}`,
      'catalog',
      trigger.token,
    );
  }
  const deferred = named('deferred');
  add(
    `CREATE CONSTRAINT TRIGGER ${quoted(deferred.name)} AFTER INSERT ON ${childName} FROM ${baseName} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ${calledName}()`,
  );
  change(`DROP TRIGGER ${quoted(deferred.name)} ON ${childName}`, 'catalog', deferred.token);

  const policy = named('restricting');
  add(`ALTER TABLE ${childName} ENABLE ROW LEVEL SECURITY`);
  add(
    `CREATE POLICY ${quoted(policy.name)} ON ${childName} AS RESTRICTIVE FOR UPDATE TO postgres USING (a > 0) WITH CHECK (a < 5.5)`,
  );
  comment(`POLICY ${quoted(policy.name)} ON ${childName}`, policy.token);
  change(`ALTER POLICY ${quoted(policy.name)} ON ${childName} TO public`, 'catalog', policy.token);

  const [one, two, heir] = ['one', 'two', 'grandchild'].map((kind) => named(kind));
  const [oneName, twoName, heirName] = [one, two, heir].map(({ name }) => place(name!)) as [
    string,
    string,
    string,
  ];
  add(`CREATE TABLE ${oneName} (a int CHECK (a > 0), shared text DEFAULT 'of one')`);
  add(`CREATE TABLE ${twoName} (shared text NOT NULL, b numeric DEFAULT 1.19)`);
  add(`CREATE TABLE ${heirName} (shared text DEFAULT 'own', c int) INHERITS (${oneName}, ${twoName})`);
  add(`INSERT INTO ${heirName} (a, shared) VALUES (1, 'x'), (2, '')`);
  change(`UPDATE ${heirName} SET b = 2.19 WHERE a = 2`, 'rows', heir!.name);
  change(`ALTER TABLE ${heirName} ALTER shared SET DEFAULT 'evil'`, 'catalog', heir!.token);

  const [wrapper, server, foreign] = [named('wrapper'), named('server'), named('foreign')];
  add(`CREATE FOREIGN DATA WRAPPER ${quoted(wrapper.name)} OPTIONS (a ${literal(choice.of(texts))})`);
  add(
    `CREATE SERVER ${quoted(server.name)} TYPE 't' FOREIGN DATA WRAPPER ${quoted(wrapper.name)} OPTIONS (host 'db.internal')`,
  );
  const foreignName = place(foreign.name);
  add(
    `CREATE FOREIGN TABLE ${foreignName} (a int OPTIONS (b ${literal(choice.of(texts))}) NOT NULL, c text DEFAULT 'x', CHECK (a > 1.5)) SERVER ${quoted(server.name)} OPTIONS (d 'e')`,
  );
  comment(`FOREIGN TABLE ${foreignName}`, foreign.token);
  add(`CREATE USER MAPPING FOR postgres SERVER ${quoted(server.name)} OPTIONS (password 'sesame')`);
  change(
    choice.of([
      `ALTER FOREIGN TABLE ${foreignName} OPTIONS (SET d 'f')`,
      `ALTER FOREIGN TABLE ${foreignName} ALTER a OPTIONS (ADD g 'h')`,
    ]),
    'catalog',
    foreign.token,
  );
  change(
    choice.of([
      `ALTER SERVER ${quoted(server.name)} OPTIONS (SET host 'evil.internal')`,
      `ALTER USER MAPPING FOR postgres SERVER ${quoted(server.name)} OPTIONS (SET password 'other')`,
    ]),
    'catalog',
    server.token,
  );
}
