import { literal, quoted, type Statements, texts } from './statements';

/** Expressions of a column `id`, which versions of PostgreSQL print in their own ways. */
const expressions = [
  `extract(epoch FROM timestamp '2020-01-01' + t.id * interval '1 day')`,
  `timestamptz '2020-01-01 00:00Z' AT TIME ZONE 'Asia/Kolkata'`,
  `trim(both 'x' FROM t.id::text)`,
  `substring(t.id::text FROM 1 FOR 2)`,
  `t.id::text SIMILAR TO '1%'`,
  `t.id::text LIKE 'b!_' ESCAPE '!'`,
  `CASE t.id WHEN 1 THEN 'a.b' ELSE "t"."id"::text END`,
  `(ARRAY[t.id, 2, NULL])[1:2]`,
  `t.id IS DISTINCT FROM 3.19`,
  `overlay('abc' placing t.id::text from 1)`,
  `t.id BETWEEN SYMMETRIC 5 AND 1.5`,
  `xmlserialize(content xmlelement(name "a.b", xmlattributes(t.id AS c), ' NO INDENT)') AS text)`,
  `coalesce(nullif(t.id, 3), greatest(t.id, 7))`,
  `(jsonb_build_object('a.b', t.id) -> 'a.b')::text COLLATE "C" < 'x'`,
  `t.id = ANY (SELECT generate_series(1, 3))`,
  `EXISTS (SELECT FROM pg_catalog.pg_class AS t2 WHERE t2.relname = t.id::text)`,
  `row_number() OVER (PARTITION BY t.id % 2 ORDER BY t.id DESC NULLS LAST ROWS BETWEEN 1 PRECEDING AND UNBOUNDED FOLLOWING)`,
  `current_date - date '2020-01-01'`,
  `interval '1-2' YEAR TO MONTH`,
];

/** Adds views of all kinds of a table, which has a column `id`. */
export function addViews(statements: Statements, table: string): void {
  const { choice, add, change, named, place, comment } = statements;
  const queries = (rate: string): readonly string[] => [
    `SELECT t.id, ${choice.of(expressions)} AS a, ${choice.of(expressions)} AS "b.c", ${rate} AS rate FROM ${table} AS t`,
    `SELECT id, count(*) FILTER (WHERE id > ${rate}) AS n, string_agg(DISTINCT id::text, ',' ORDER BY id::text DESC) AS s FROM ${table} GROUP BY ROLLUP (id)`,
    `SELECT id, ${rate} AS rate FROM ${table} UNION ALL (SELECT 1, 2 INTERSECT SELECT 3, 4) ORDER BY 1 DESC NULLS LAST LIMIT 7`,
    `WITH a AS MATERIALIZED (SELECT ${rate} AS x), b AS NOT MATERIALIZED (SELECT 'db.internal' AS x) SELECT a.x, b.x AS y FROM a, b`,
    `WITH RECURSIVE s(n, p) AS (SELECT 1, ${rate} UNION ALL SELECT n + 1, p FROM s WHERE n < 3) SEARCH DEPTH FIRST BY n SET ord CYCLE n SET cyc USING path SELECT n, p, cyc FROM s`,
    `SELECT t.id, x.key, x.value, x.o FROM ${table} AS t LEFT JOIN LATERAL jsonb_each(jsonb_build_object('r', ${rate}, 'i', t.id)) WITH ORDINALITY AS x(key, value, o) ON true`,
    `SELECT "order"."select" AS "from", "order"."A""b" FROM (SELECT id AS "select", ${rate} AS "A""b" FROM ${table}) AS "order"`,
    `SELECT t.id, u.rate FROM ${table} AS t JOIN (VALUES (1, ${rate}), (2, 3.0)) AS u (id, rate) USING (id)`,
    `SELECT id, ${rate} AS rate FROM ${table} TABLESAMPLE SYSTEM (10) REPEATABLE (3)`,
    `SELECT x.b, x.o, ${rate} AS rate FROM ${table} AS t, XMLTABLE('/a' PASSING xmlelement(name a, t.id) COLUMNS b int PATH '@b' DEFAULT 3, o FOR ORDINALITY) AS x`,
  ];
  for (let count = 6; count > 0; count -= 1) {
    const view = named('shown');
    const name = place(view.name);
    const made = choice.of(queries('1.19'));
    const changed = made.replace('1.19', '2.19');
    const options = choice.of(['', ' WITH (security_barrier)', ' WITH (security_invoker = true)']);
    if (choice.once(4)) {
      add(`CREATE MATERIALIZED VIEW ${name} AS ${made}${choice.of(['', ' WITH NO DATA'])}`);
      comment(`MATERIALIZED VIEW ${name}`, view.token);
      change(
        `DROP MATERIALIZED VIEW ${name}; CREATE MATERIALIZED VIEW ${name} AS ${changed}`,
        'catalog',
        view.token,
      );
      continue;
    }
    add(`CREATE VIEW ${name}${options} AS ${made}`);
    comment(`VIEW ${name}`, view.token);
    change(
      choice.of([
        `CREATE OR REPLACE VIEW ${name}${options} AS ${changed}`,
        `ALTER VIEW ${name} SET (security_barrier = false)`,
      ]),
      'catalog',
      view.token,
    );
  }
  const plain = named('plain');
  const plainName = place(plain.name);
  add(
    `CREATE VIEW ${plainName} AS SELECT id, ${literal(choice.of(texts))}::text AS words FROM ${table} WHERE id > 0 WITH ${choice.of(['LOCAL', 'CASCADED'])} CHECK OPTION`,
  );
  add(`ALTER VIEW ${plainName} ALTER id SET DEFAULT 7`);
  change(`ALTER VIEW ${plainName} ALTER id SET DEFAULT 8`, 'catalog', plain.token);
  const rule = named('instead');
  add(
    `CREATE RULE ${quoted(rule.name)} AS ON INSERT TO ${plainName} WHERE new.id > 1.5 DO INSTEAD (INSERT INTO ${table} (id) VALUES (new.id); DELETE FROM ${table} AS t WHERE t.id = new.id AND new.words <> ${literal(choice.of(texts))})`,
  );
  add(
    `CREATE RULE ${quoted(`${rule.name}_else`.slice(0, 40))} AS ON INSERT TO ${plainName} DO INSTEAD NOTHING`,
  );
  comment(`RULE ${quoted(rule.name)} ON ${plainName}`, rule.token);
  change(`DROP RULE ${quoted(rule.name)} ON ${plainName}`, 'catalog', rule.token);
}
