import { literal, quoted, type Statements, texts } from './statements';

/** Adds what belongs to no table: types, routines, operators, text search, settings, event triggers, large objects. */
export function addObjects(statements: Statements, database: string): void {
  addRoutines(statements);
  addOperators(statements);
  addSearch(statements);
  addSettings(statements, database);
  const { seed, choice, add, change, named, place, comment, schemas } = statements;

  comment(`SCHEMA ${schemas[1]}`, `schema${seed}x1x`);
  const numbers = named('numbers');
  const numbersName = place(numbers.name);
  add(
    `CREATE SEQUENCE ${numbersName} AS ${choice.of(['smallint', 'int', 'bigint'])} INCREMENT ${choice.of([2, -3])} MINVALUE -100 MAXVALUE 500 START 10 CYCLE`,
  );
  if (choice.once(2)) {
    add(`SELECT setval(${literal(numbersName)}, ${choice.below(90)}, ${choice.of(['true', 'false'])})`);
  }
  comment(`SEQUENCE ${numbersName}`, numbers.token);
  change(
    choice.of([`SELECT setval(${literal(numbersName)}, 111)`, `ALTER SEQUENCE ${numbersName} NO CYCLE`]),
    'catalog',
    numbers.token,
  );

  const nested = named('nested');
  const nestedName = place(nested.name);
  add(`CREATE DOMAIN ${nestedName} AS int[] NOT NULL DEFAULT '{1}' CHECK (array_length(VALUE, 1) < 5)`);
  add(`ALTER DOMAIN ${nestedName} ADD CONSTRAINT later CHECK (VALUE[1] <> 1.19) NOT VALID`);
  comment(`CONSTRAINT later ON DOMAIN ${nestedName}`, nested.token);
  const within = named('within');
  const withinName = place(within.name);
  add(`CREATE TYPE ${withinName} AS (gone int, "a b" ${nestedName}, c text COLLATE "C")`);
  add(`ALTER TYPE ${withinName} DROP ATTRIBUTE gone`);
  comment(`COLUMN ${withinName}."a b"`, within.token);
  const kept = named('kept');
  add(`CREATE TABLE ${place(kept.name)} (id int PRIMARY KEY, w ${withinName}, ws ${withinName}[])`);
  const keptName = statements.sql.at(-1)!.slice('CREATE TABLE '.length).split(' (id')[0]!;
  add(
    `INSERT INTO ${keptName} VALUES (1, ROW('{1,2}', 'x'), ARRAY[ROW('{3}', NULL)::${withinName}, ROW('{3}', '')::${withinName}])`,
  );
  change(`UPDATE ${keptName} SET ws[2] = ROW('{3}', NULL)::${withinName}`, 'rows', kept.name);

  const watching = named('watching');
  const seen = named('seen');
  const seenName = place(seen.name);
  add(`CREATE FUNCTION ${seenName}() RETURNS event_trigger LANGUAGE plpgsql AS $f$ BEGIN END $f$`);
  add(
    `CREATE EVENT TRIGGER ${quoted(watching.name)} ON ${choice.of(['ddl_command_end', 'sql_drop'])} WHEN TAG IN ('CREATE TABLE', 'DROP TABLE') EXECUTE FUNCTION ${seenName}()`,
  );
  comment(`EVENT TRIGGER ${quoted(watching.name)}`, watching.token);
  change(`ALTER EVENT TRIGGER ${quoted(watching.name)} ENABLE ALWAYS`, 'catalog', watching.token);

  const large = [choice.below(5000) + 5000, choice.below(90000) + 20000];
  for (const oid of large) {
    add(`SELECT lo_from_bytea(${oid}, convert_to(repeat('large ', ${choice.below(300)}), 'UTF8'))`);
    comment(`LARGE OBJECT ${oid}`, `large${seed}x${oid}x`);
  }
}

function addRoutines({ choice, add, change, named, place, comment }: Statements): void {
  const routine = (kind: string, make: (name: string, value: string) => string) => {
    const added = named(kind);
    const name = place(added.name);
    add(`CREATE ${make(name, '1.19')}`);
    change(`CREATE OR REPLACE ${make(name, '2.19')}`, 'catalog', added.token);
    return { ...added, name };
  };
  routine(
    'out',
    (name, value) =>
      `FUNCTION ${name}(IN a int, OUT b numeric, INOUT c text DEFAULT ${literal(choice.of(texts.slice(0, 1)))}, VARIADIC d int[] DEFAULT '{}') RETURNS record LANGUAGE sql AS $f$ SELECT ${value}, $2 $f$`,
  );
  const table = routine(
    'rows',
    (name, value) =>
      `FUNCTION ${name}(a anyelement) RETURNS TABLE (x numeric, "y z" text) LANGUAGE sql STABLE ROWS 7 PARALLEL SAFE AS $f$ SELECT ${value}, 'a' $f$`,
  );
  comment(`FUNCTION ${table.name}(anyelement)`, table.token);
  routine(
    'procedure',
    (name, value) =>
      `PROCEDURE ${name}(INOUT a numeric DEFAULT ${value}) LANGUAGE plpgsql SECURITY DEFINER SET search_path = 'a b', '' AS $f$ BEGIN COMMIT; END $f$`,
  );
  routine(
    'default',
    (name, value) =>
      `FUNCTION ${name}(a text DEFAULT xmlserialize(content '<a/>'::xml AS text) || '${value}') RETURNS text LANGUAGE sql LEAKPROOF IMMUTABLE RETURN a || ' NO INDENT)'`,
  );
  const window = named('window');
  add(
    `CREATE FUNCTION ${place(window.name)}() RETURNS bigint LANGUAGE internal WINDOW IMMUTABLE STRICT AS 'window_row_number'`,
  );
  const average = named('average');
  const averageName = place(average.name);
  add(
    `CREATE AGGREGATE ${averageName} (float8) (SFUNC = float8_accum, STYPE = float8[], FINALFUNC = float8_avg, INITCOND = '{0,0,0}', COMBINEFUNC = float8_combine, PARALLEL = ${choice.of(['SAFE', 'RESTRICTED'])})`,
  );
  comment(`AGGREGATE ${averageName} (float8)`, average.token);
  change(
    `CREATE OR REPLACE AGGREGATE ${averageName} (float8) (SFUNC = float8_accum, STYPE = float8[], FINALFUNC = float8_avg, INITCOND = '{0,0,1}')`,
    'catalog',
    average.token,
  );
}

function addOperators({ choice, add, change, named, place, comment }: Statements): void {
  const pair = named('compared');
  const pairName = place(pair.name);
  add(`CREATE TYPE ${pairName} AS (a int, b int)`);
  const same = named('same');
  const sameName = place(same.name);
  add(
    `CREATE FUNCTION ${sameName}(${pairName}, ${pairName}) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true'`,
  );
  const sign = choice.of(['===', '~~~', '<@@>', '%%%']);
  add(
    `CREATE OPERATOR public.${sign} (LEFTARG = ${pairName}, RIGHTARG = ${pairName}, FUNCTION = ${sameName}, COMMUTATOR = OPERATOR(public.${sign}), RESTRICT = eqsel, JOIN = eqjoinsel, HASHES)`,
  );
  comment(`OPERATOR public.${sign} (${pairName}, ${pairName})`, pair.token);
  change(
    `ALTER OPERATOR public.${sign} (${pairName}, ${pairName}) SET (RESTRICT = neqsel)`,
    'catalog',
    pair.token,
  );
  add(`CREATE CAST (${pairName} AS json) WITH INOUT AS ASSIGNMENT`);
  comment(`CAST (${pairName} AS json)`, pair.token);
  const family = named('family');
  const familyName = place(family.name);
  add(`CREATE OPERATOR FAMILY ${familyName} USING btree`);
  const kind = named('class');
  const className = place(kind.name);
  add(
    `CREATE OPERATOR CLASS ${className} FOR TYPE int USING btree FAMILY ${familyName} AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(int, int)`,
  );
  comment(`OPERATOR CLASS ${className} USING btree`, kind.token);
  const ordered = named('ordered');
  const orderedName = place(ordered.name);
  add(`CREATE TABLE ${orderedName} (a int, b text)`);
  const index = named('byclass');
  add(
    `CREATE INDEX ${quoted(index.name)} ON ${orderedName} (a ${className} DESC, (b || 'a.b') COLLATE "C" text_pattern_ops)`,
  );
  add(
    `ALTER INDEX ${orderedName.split('.')[0] === 'public' ? 'public' : orderedName.slice(0, orderedName.lastIndexOf('."'))}.${quoted(index.name)} ALTER COLUMN 2 SET STATISTICS 33`,
  );
  change(
    `ALTER OPERATOR FAMILY ${familyName} USING btree ADD OPERATOR 1 < (int, int8), FUNCTION 1 btint48cmp(int, int8)`,
    'catalog',
    family.token,
  );
  const statistics = named('expressed');
  const statisticsName = place(statistics.name);
  add(
    `CREATE STATISTICS ${statisticsName} (mcv, dependencies) ON (a + 1), (lower(b)), a FROM ${orderedName}`,
  );
  comment(`STATISTICS ${statisticsName}`, statistics.token);
  change(`ALTER STATISTICS ${statisticsName} SET STATISTICS 33`, 'catalog', statistics.token);
  add(`CREATE CONVERSION ${place(named('conversion').name)} FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8`);
  const method = named('method');
  add(`CREATE ACCESS METHOD ${quoted(method.name)} TYPE TABLE HANDLER heap_tableam_handler`);
  const stored = named('stored');
  add(`CREATE TABLE ${place(stored.name)} (a int) USING ${quoted(method.name)}`);
}

function addSearch({ choice, add, change, named, place, comment }: Statements): void {
  const dictionary = named('dictionary');
  const dictionaryName = place(dictionary.name);
  add(
    `CREATE TEXT SEARCH DICTIONARY ${dictionaryName} (TEMPLATE = simple, STOPWORDS = english, ACCEPT = false)`,
  );
  comment(`TEXT SEARCH DICTIONARY ${dictionaryName}`, dictionary.token);
  change(`ALTER TEXT SEARCH DICTIONARY ${dictionaryName} (ACCEPT = true)`, 'catalog', dictionary.token);
  const configuration = named('config');
  const configurationName = place(configuration.name);
  add(`CREATE TEXT SEARCH CONFIGURATION ${configurationName} (PARSER = default)`);
  add(
    `ALTER TEXT SEARCH CONFIGURATION ${configurationName} ADD MAPPING FOR word, asciiword WITH ${choice.of([`${dictionaryName}, english_stem`, 'simple', 'german_stem, simple'])}`,
  );
  comment(`TEXT SEARCH CONFIGURATION ${configurationName}`, configuration.token);
  change(
    `ALTER TEXT SEARCH CONFIGURATION ${configurationName} ADD MAPPING FOR numword WITH simple`,
    'catalog',
    configuration.token,
  );
}

function addSettings({ choice, add, change, named }: Statements, database: string): void {
  const set = (name: string, value: string, changed: string) => {
    add(`ALTER DATABASE ${quoted(database)} SET ${name} = ${value}`);
    change(`ALTER DATABASE ${quoted(database)} SET ${name} = ${changed}`, 'catalog', `${name}=`);
  };
  const [name, value, changed] = choice.of([
    ['work_mem', `'5MB'`, `'6MB'`],
    ['temp_tablespaces', `''`, `'a b', 'c"d'`],
    ['extra_float_digits', '-3', '0'],
    ['default_text_search_config', `'pg_catalog.german'`, `'pg_catalog.simple'`],
    // An empty name in this list would let nobody into the database.
    ['session_preload_libraries', `'$libdir/plpgsql'`, `'plpgsql'`],
  ]) as [string, string, string];
  set(name, value, changed);
  const own = named('own').token;
  set(`app.${own}`, literal(`a, "b" '${choice.of(texts)}`), `'another'`);
}
