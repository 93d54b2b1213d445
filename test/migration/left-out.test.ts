import { Move } from './move';

const database = 'backstage_plugin_app';

let move: Move;

beforeAll(async () => {
  move = await Move.start();
  move.source.query(`CREATE DATABASE ${database}`);
});

afterAll(() => move.remove());

async function findings(
  options: Parameters<Move['run']>[0],
): Promise<{ outcome: string; told: string[]; seen: any[] }> {
  const { result, report } = await move.run({ command: 'preflight', ...options });
  return {
    outcome: result.outcome,
    told: result.findings.map(({ level, code, text }: any) => `${level} ${code}: ${text}`),
    seen: report!.seen,
  };
}

test('each database of the source is copied, refused or left out by name', async () => {
  const names = [
    'backstage_plugin_template',
    'backstage_plugin_closed',
    'backstage_plugin_dropped',
    'backstage_plugin_old',
    'others',
    'a "b"',
  ];
  names.forEach((name) => move.source.query(`CREATE DATABASE "${name.replaceAll('"', '""')}"`));
  move.source.query('ALTER DATABASE backstage_plugin_template IS_TEMPLATE true');
  move.source.query('ALTER DATABASE backstage_plugin_closed ALLOW_CONNECTIONS false');
  move.source.query("UPDATE pg_database SET datconnlimit = -2 WHERE datname = 'backstage_plugin_dropped'");
  try {
    const { outcome, told, seen } = await findings({ props: { exclude: ['*_old', 'nothing*'] } });
    expect([outcome, told.sort()]).toEqual([
      'refused',
      [
        'notes source/exclude: No database of the source is "nothing*", which exclude names.',
        'notes source/left-out: Not copied, because no pattern of include matches: database "a \\"b\\"", "others" of the source.',
        'refuses source/closed: Database "backstage_plugin_closed" of the source cannot be copied, because it accepts no connections: ALTER DATABASE ... ALLOW_CONNECTIONS true, or exclude it.',
        'refuses source/invalid: Database "backstage_plugin_dropped" of the source cannot be copied, because its DROP DATABASE did not come to its end: drop it, or exclude it.',
        'refuses source/template: Database "backstage_plugin_template" of the source cannot be copied, because it is a template: ALTER DATABASE ... IS_TEMPLATE false, or exclude it.',
      ],
    ]);
    expect(seen).toEqual([
      { kind: 'database', name: 'a "b"', outcome: 'left out', why: 'no pattern of include matches it' },
      { kind: 'database', name: database, outcome: 'copied' },
      {
        kind: 'database',
        name: 'backstage_plugin_closed',
        outcome: 'refused',
        why: 'it accepts no connections',
      },
      {
        kind: 'database',
        name: 'backstage_plugin_dropped',
        outcome: 'refused',
        why: 'its DROP DATABASE did not come to its end',
      },
      {
        kind: 'database',
        name: 'backstage_plugin_old',
        outcome: 'left out',
        why: 'a pattern of exclude matches it',
      },
      { kind: 'database', name: 'backstage_plugin_template', outcome: 'refused', why: 'it is a template' },
      { kind: 'database', name: 'others', outcome: 'left out', why: 'no pattern of include matches it' },
      ...['postgres', 'template0', 'template1'].map((name) => ({
        kind: 'database',
        name,
        outcome: 'left out',
        why: 'every server has it',
      })),
    ]);
  } finally {
    move.source.query('ALTER DATABASE backstage_plugin_template IS_TEMPLATE false');
    names.forEach((name) => move.source.query(`DROP DATABASE "${name.replaceAll('"', '""')}"`));
  }
});

test('a database that the login may not connect to is refused by name', async () => {
  move.source.query(
    `CREATE ROLE reader LOGIN PASSWORD 'p' IN ROLE pg_read_all_data; CREATE DATABASE backstage_plugin_secret; REVOKE CONNECT ON DATABASE backstage_plugin_secret FROM public`,
  );
  try {
    const { told } = await findings({ sourceLogin: { user: 'reader', password: 'p' } });
    expect(told).toContain(
      'refuses source/may-not-connect: Database "backstage_plugin_secret" of the source cannot be copied, because the login of the source may not connect to it: GRANT CONNECT ON DATABASE ... TO the login, or exclude it.',
    );
  } finally {
    move.source.query('DROP DATABASE backstage_plugin_secret');
  }
});

test.each<[string, string, string, string]>([
  [
    'has a limit of no connections',
    'CONNECTION LIMIT 0',
    'CONNECTION LIMIT -1',
    'too many connections for database "backstage_plugin_shut"',
  ],
  [
    'loads a library that is not there',
    "SET session_preload_libraries = 'gone'",
    'RESET ALL',
    'could not access file "gone": No such file or directory',
  ],
])(
  'a database that %s lets nobody in and is refused by name, at either server',
  async (_, shut, open, words) => {
    const login = { user: 'owner', password: 'p' };
    for (const server of [move.source, move.target]) {
      server.query(
        "CREATE ROLE owner LOGIN CREATEDB PASSWORD 'p'; CREATE DATABASE backstage_plugin_shut OWNER owner",
      );
    }
    const alter = (side: 'source' | 'target', change: string) =>
      move[side].query(`ALTER DATABASE backstage_plugin_shut ${change}`);
    const lines = async (command?: string) => {
      const logins = { sourceLogin: login, targetLogin: login, props: { exclude: [database] } };
      const { code, result, report } = await move.run({ command, ...logins });
      expect(report!.findings).toEqual(result.findings);
      return [
        code,
        ...result.findings
          .filter(({ code }: any) => /connect|fence/.test(code) && code !== 'target/connections')
          .map(
            ({ level, code, text }: any) => `${level} ${code}: ${text.replaceAll(/port \d+/g, 'port 5432')}`,
          ),
      ];
    };
    const told = (side: string) =>
      `refuses ${side}/may-not-connect: Database "backstage_plugin_shut" of the ${side} lets no session of the copy in: connection to server at "127.0.0.1", port 5432 failed: FATAL:  ${words}. Mend that, or exclude the database.`;
    alter('source', shut);
    for (const command of ['preflight', undefined]) expect(await lines(command)).toEqual([2, told('source')]);
    expect(await lines('fence')).toEqual([
      2,
      `refuses source/fence: The source could not be changed: Database "backstage_plugin_shut": psql: error: connection to server at "127.0.0.1", port 5432 failed: FATAL:  ${words}`,
    ]);
    alter('source', open);
    alter('target', shut);
    for (const command of ['preflight', undefined, 'written']) {
      expect(await lines(command)).toEqual([2, told('target')]);
    }
    for (const server of [move.source, move.target]) {
      server.query('DROP DATABASE backstage_plugin_shut; DROP ROLE owner');
    }
  },
);

test('a database whose name is no UTF-8 is refused', async () => {
  move.source.query('CREATE DATABASE plain TEMPLATE template0 ENCODING SQL_ASCII');
  const inPlain = (statement: string) =>
    move.source.query(
      `SET client_encoding = SQL_ASCII; SELECT format('${statement} DATABASE %I', E'backstage_plugin_caf\\xe9') \\gexec`,
      'plain',
    );
  inPlain('CREATE');
  try {
    for (const command of ['preflight', undefined]) {
      const { code, result } = await move.run({ command });
      expect([code, result.findings.filter(({ level }: any) => level !== 'notes')]).toEqual([
        2,
        [
          {
            level: 'refuses',
            code: 'source/name',
            text: 'Database "backstage_plugin_caf\uFFFD" of the source has a name that is not UTF-8, which the target cannot have: rename it, or exclude it.',
          },
        ],
      ]);
    }
  } finally {
    inPlain('DROP');
    move.source.query('DROP DATABASE plain');
  }
});

test.each(['backstage_plugin_app', '*_app'])(
  'a mapped database that %s excludes is named',
  async (pattern) => {
    const mappings = [{ sourceDatabase: database, targetDatabase: 'new' }];
    expect(await findings({ props: { mappings, exclude: [pattern] } })).toMatchObject({
      outcome: 'refused',
      told: [
        `refuses mapping/excluded: Database "${database}" is mapped, and a pattern of exclude matches it: take one of them out.`,
      ],
    });
  },
);

test.each([
  [
    'does not let the login in',
    'REVOKE CONNECT ON DATABASE backstage_plugin_app FROM public, hub',
    'Role hub may not connect to database "backstage_plugin_app" of the target: GRANT CONNECT ON DATABASE ... TO it.',
  ],
  [
    'lets nobody in',
    'ALTER DATABASE backstage_plugin_app ALLOW_CONNECTIONS false',
    'Database "backstage_plugin_app" of the target accepts no connections: ALTER DATABASE ... ALLOW_CONNECTIONS true.',
  ],
])('a database of the target that %s is refused, with all else that is wrong', async (_, sql, text) => {
  move.target.query(
    `CREATE ROLE hub LOGIN CREATEDB PASSWORD 'p'; CREATE DATABASE ${database} TEMPLATE template0 OWNER hub ENCODING 'LATIN1'`,
  );
  move.target.query(sql);
  try {
    const encoding = `Database "${database}" has encoding UTF8 in the source and LATIN1 in the target: create it with encoding UTF8, or drop it.`;
    for (const command of ['preflight', undefined]) {
      const { outcome, told } = await findings({ command, targetLogin: { user: 'hub', password: 'p' } });
      expect([outcome, told.filter((line) => line.startsWith('refuses'))]).toEqual([
        'refused',
        [`refuses target/may-not-connect: ${text}`, `refuses target/encoding: ${encoding}`],
      ]);
    }
  } finally {
    move.target.query(`DROP DATABASE ${database}; DROP ROLE hub`);
  }
});

test('a database of the target that sorts otherwise is noted', async () => {
  move.target.query(`CREATE DATABASE ${database} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'de'`);
  expect((await findings({})).told).toEqual([
    `notes target/collation: Database "${database}" sorts text by C in the source and by de of ICU in the target, where it was there already.`,
  ]);
  move.target.query(`DROP DATABASE ${database}`);
});

const limited = 'backstage_plugin_limited';

test('what no dump keeps is noted, and hinders no copy', async () => {
  await move.source.stop();
  await move.source.start({ wal_level: 'logical' });
  move.source.query(
    `CREATE ROLE reader2; SET allow_in_place_tablespaces = on; CREATE TABLESPACE fast LOCATION '';
     CREATE DATABASE ${limited} CONNECTION LIMIT 40`,
  );
  move.source.query(
    `SELECT pg_create_logical_replication_slot('changes', 'pgoutput');
     CREATE TABLE t (id int PRIMARY KEY REFERENCES t) TABLESPACE fast; ALTER TABLE t DISABLE TRIGGER ALL;
     CREATE INDEX ON t (id) TABLESPACE fast; CREATE EXTENSION pg_trgm VERSION '1.3';
     CREATE TABLE granted (id int); GRANT SELECT (id) ON granted TO reader2; GRANT ALL ON t TO postgres;
     CREATE FUNCTION hidden() RETURNS int LANGUAGE sql AS 'SELECT 1'; REVOKE ALL ON FUNCTION hidden() FROM public;
     CREATE FUNCTION pg_catalog.mine() RETURNS int LANGUAGE sql AS 'SELECT 1';
     INSERT INTO pg_seclabel VALUES ('t'::regclass, 'pg_class'::regclass, 0, 'selinux', 'secret');
     CREATE TABLE parts (id int REFERENCES t, part int) PARTITION BY LIST (part);
     CREATE TABLE part PARTITION OF parts FOR VALUES IN (1); ALTER TABLE part DISABLE TRIGGER ALL`,
    limited,
  );
  const notes = [
    `notes source/replication-slot: Replication slot changes of database ${limited} is not copied: what reads from it begins anew at the target.`,
    `notes source/rights: Rights on function public.hidden() (and 1 more) of database ${limited} are not copied: everything belongs to the login of the target, and others have PostgreSQL's default rights.`,
    'notes source/security-label: Security labels of provider selinux in database backstage_plugin_limited are not copied.',
    `notes source/setting: CONNECTION LIMIT 40 of database ${limited} is not copied: it says what the old server could bear.`,
    `notes source/system-schema: function pg_catalog.mine() of database ${limited} is not copied: it is in pg_catalog, of which no dump takes anything.`,
    `notes source/tablespace: Tablespace fast is not copied: what database ${limited} has in it lies in the tablespace of its database at the target.`,
    `notes source/unchecked: Constraints of table public.part of database ${limited} are not checked there (DISABLE TRIGGER), which no dump keeps: they are checked in the target.`,
    `notes source/unchecked: Constraints of table public.t of database ${limited} are not checked there (DISABLE TRIGGER), which no dump keeps: they are checked in the target.`,
    `notes target/extension-version: Extension "pg_trgm" of database "${limited}" is version 1.3 in the source, and the target makes version 1.6.`,
  ];
  for (const command of ['preflight', undefined]) {
    const { outcome, told } = await findings({ command });
    expect([outcome, told.sort()]).toEqual([command === undefined ? 'proven' : 'ready', notes]);
  }
  move.source.query("SELECT pg_drop_replication_slot('changes')", limited);
  for (const server of [move.source, move.target]) server.query(`DROP DATABASE ${limited}`);
  move.target.query(`DROP DATABASE ${database}`);
  move.source.query('DROP ROLE reader2; DROP TABLESPACE fast');
});

test('rows that break a foreign key that is not checked are refused with its table', async () => {
  move.source.query(`CREATE DATABASE ${limited}`);
  move.source.query(
    `CREATE TABLE key (a int, b varchar(9), PRIMARY KEY (a, b)); INSERT INTO key VALUES (1, 'x');
     CREATE TABLE "full" (a bigint, b text COLLATE "C", CONSTRAINT "k k" FOREIGN KEY (a, b) REFERENCES key MATCH FULL);
     CREATE TABLE simple (a smallint, b text, FOREIGN KEY (a, b) REFERENCES key);
     CREATE TABLE tree (id int PRIMARY KEY, up int REFERENCES tree);
     CREATE TABLE referred (id int PRIMARY KEY) PARTITION BY RANGE (id);
     CREATE TABLE first PARTITION OF referred FOR VALUES FROM (1) TO (10);
     CREATE TABLE second PARTITION OF referred FOR VALUES FROM (10) TO (20);
     CREATE TABLE parts (id int REFERENCES referred, part int) PARTITION BY LIST (part);
     CREATE TABLE good PARTITION OF parts FOR VALUES IN (1);
     CREATE TABLE bad PARTITION OF parts FOR VALUES IN (2);
     SELECT format('ALTER TABLE %s DISABLE TRIGGER ALL', oid::regclass) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' \\gexec
     INSERT INTO "full" VALUES (1, NULL); INSERT INTO simple VALUES (1, NULL), (1, 'x'); INSERT INTO tree VALUES (1, 1), (2, 77);
     INSERT INTO referred VALUES (1), (11); INSERT INTO parts VALUES (1, 1), (11, 1), (12, 2);`,
    limited,
  );
  const broken = (table: string, key: string) =>
    `refuses source/unchecked: Rows of table public.${table} of database ${limited} break its foreign key ${key}, which is not checked there (DISABLE TRIGGER), and the target would not take them: correct them first.`;
  for (const command of ['preflight', undefined]) {
    const { outcome, told } = await findings({ command });
    expect([outcome, told.filter((line) => line.startsWith('refuses'))]).toEqual([
      'refused',
      [broken('"full"', '"k k"'), broken('bad', 'parts_id_fkey'), broken('tree', 'tree_up_fkey')],
    ]);
  }
  move.source.query('DELETE FROM "full"; DELETE FROM bad; DELETE FROM tree WHERE up = 77', limited);
  expect((await findings({ command: undefined })).outcome).toBe('proven');
  for (const server of [move.source, move.target]) server.query(`DROP DATABASE ${limited}`);
  move.target.query(`DROP DATABASE ${database}`);
});

test('a misspelt include or mapping is named', async () => {
  const { outcome, told } = await findings({
    props: {
      databasePrefix: 'backstage_plugin_',
      include: ['chatz', 'flow*'],
      exclude: ['gone_too'],
      mappings: [
        { sourceDatabase: 'gone', targetDatabase: 'new' },
        { sourceDatabase: database, sourceSchema: 'gone', targetDatabase: 'all', targetSchema: 'app' },
      ],
    },
  });
  expect([outcome, told.sort()]).toEqual([
    'refused',
    [
      'notes source/exclude: No database of the source is "gone_too", which exclude names.',
      'notes source/include: No database of the source is "flow*", which include names: correct it, or leave it out.',
      'refuses mapping/missing: Database "gone" is mapped and not there: correct the mapping.',
      `refuses mapping/missing: Schema gone of database ${database} is mapped and not there.`,
      'refuses source/include: No database of the source is "chatz", which include names: correct it, or leave it out.',
    ],
  ]);
});

test('what is in a database beside its tables is copied, or left out by name', async () => {
  move.source.query(
    `CREATE ROLE bob; CREATE FOREIGN DATA WRAPPER dummy; CREATE SERVER far FOREIGN DATA WRAPPER dummy;
     CREATE USER MAPPING FOR bob SERVER far; CREATE PUBLICATION news;
     CREATE SUBSCRIPTION old CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false);
     ALTER ROLE bob IN DATABASE ${database} SET work_mem = '1MB';`,
    database,
  );
  move.target.query('CREATE ROLE bob');
  const of = (kind: string, name: string, why?: string) => ({
    kind,
    database,
    name,
    outcome: why === undefined ? 'copied' : 'left out',
    ...(why === undefined ? {} : { why }),
  });
  const beside = [
    of('foreign data wrapper', 'dummy'),
    of('foreign server', 'far'),
    of('publication', 'news', 'nothing would subscribe to it in the target'),
    of('setting of a role', 'bob: work_mem', 'the roles of the target are others'),
    of('subscription', 'old', 'the target would take its place'),
    of('user mapping', 'bob at far'),
  ];
  const notes = [
    `notes source/publication: Publication news of database ${database} is not copied: nothing would subscribe to it in the target.`,
    `notes source/role-setting: Settings of role bob in database ${database} are not copied: the roles of the target are others.`,
    `notes source/subscription: Subscription old of database ${database} is not copied: create it anew in the target, where it is still needed.`,
  ];
  const whole = await findings({});
  expect([whole.outcome, whole.told.sort()]).toEqual(['ready', notes]);
  expect(whole.seen.filter(({ kind }) => kind !== 'database')).toEqual(beside);
  const { result } = await move.run();
  expect(result.outcome).toBe('proven');
  expect(move.target.query('SELECT usename, srvname FROM pg_user_mappings', database)).toEqual(['bob|far']);
  const mapped = await findings({
    props: {
      mappings: [
        { sourceDatabase: database, sourceSchema: 'public', targetDatabase: 'all', targetSchema: 'app' },
      ],
    },
  });
  expect(mapped.told).toContain(
    `notes mapping/left-out: The mapping of database ${database} copies what belongs to its schemas, so not this: foreign server far, user mapping bob at far.`,
  );
  move.source.query('ALTER SUBSCRIPTION old ENABLE', database);
  const enabled = `source/subscription: Subscription old of database ${database} is enabled: what it writes to the source would be lost. ALTER SUBSCRIPTION ... DISABLE first; it is not copied.`;
  expect((await findings({})).told).toContain(`notes ${enabled}`);
  expect((await findings({ command: undefined })).told).toContain(`refuses ${enabled}`);
});
