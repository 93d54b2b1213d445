import { literal, type Statements, texts } from './statements';

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

/** Adds types of all kinds. @returns these and PostgreSQL's own, each with a value made of a number `i` */
export function addTypes({
  choice,
  add,
  change,
  named,
  place,
  comment,
  sql,
}: Statements): [string, string][] {
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
  return types;
}
