import { folderOf } from '../postgres/majors';
import { PostgresServer } from '../postgres/server';
import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { Move } from './move';

const database = 'backstage_plugin_hostile';
const trace = '/tmp/hostile-source-was-here';

/** What a name, a comment or a value says that somebody might run: SQL, psql's commands, the shell's, fields of JSON. */
const evil = [
  `"; ALTER ROLE intruder SUPERUSER; --`,
  `'); ALTER ROLE intruder SUPERUSER; --`,
  `\n\\! touch ${trace}\n\\connect postgres\n`,
  `$(touch ${trace}) \`touch ${trace}\` %s %1$I %% \${PATH}`,
  `","level":"refuses","x":"\t\u0001\u001b[31m`,
  `written {"schema" : "s", "table" : "t", "rows" : 7, "checksum" : "x"}`,
  `:'schemas' :own \\gexec \\copy \\o /tmp/x`,
];

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
/** Names have 63 bytes. */
const short = (text: string) => text.slice(0, 50);

const gain = `
  IF current_setting('is_superuser') = 'on' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'intruder') THEN
    ALTER ROLE intruder SUPERUSER;
    -- What no rollback takes back.
    COPY (SELECT 1) TO '${trace}';
  END IF;`;

/** Everything that a role can do that owns a database and is no superuser, and that a plain restore calls nothing of. */
const owner = `
  CREATE TYPE mood AS ENUM ('sad', 'happy');
  CREATE TYPE pair AS (a int, b mood);
  CREATE FUNCTION gain() RETURNS text LANGUAGE plpgsql AS $$ BEGIN ${gain} RETURN 'gained'; END $$;
  CREATE FUNCTION gain(mood) RETURNS text LANGUAGE plpgsql AS $$ BEGIN ${gain} RETURN 'same for all'; END $$;
  CREATE FUNCTION gain(pair) RETURNS text LANGUAGE plpgsql AS $$ BEGIN ${gain} RETURN 'same for all'; END $$;
  CREATE FUNCTION number(mood) RETURNS int LANGUAGE plpgsql AS $$ BEGIN ${gain} RETURN 1; END $$;
  CREATE FUNCTION alike(mood, mood) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN ${gain} RETURN true; END $$;
  CREATE FUNCTION gained(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN ${gain} RETURN 1; END $$;
  CREATE FUNCTION difference(float8, float8) RETURNS float8 LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN ${gain} RETURN 1; END $$;
  CREATE FUNCTION changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${gain} RETURN NEW; END $$;
  CREATE FUNCTION seen() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN ${gain} END $$;
  CREATE FUNCTION concat(text, mood) RETURNS text LANGUAGE plpgsql AS $$ BEGIN ${gain} RETURN ''; END $$;
  CREATE FUNCTION hashtextextended(text, int) RETURNS int8 LANGUAGE plpgsql AS $$ BEGIN ${gain} RETURN 0; END $$;
  CREATE CAST (mood AS text) WITH FUNCTION gain(mood) AS IMPLICIT;
  CREATE CAST (pair AS text) WITH FUNCTION gain(pair) AS IMPLICIT;
  CREATE CAST (mood AS int) WITH FUNCTION number(mood) AS IMPLICIT;
  CREATE OPERATOR = (LEFTARG = mood, RIGHTARG = mood, FUNCTION = alike);
  CREATE OPERATOR <> (LEFTARG = mood, RIGHTARG = mood, FUNCTION = alike);
  CREATE TYPE span AS RANGE (subtype = float8, subtype_diff = difference);
  CREATE TABLE moods (id int PRIMARY KEY, m mood, p pair, s span, n int DEFAULT gained(1), t text DEFAULT gain());
  INSERT INTO moods SELECT i, 'sad', ROW(i, 'happy'::mood)::pair, span(i, i + 1), i, 'x' FROM generate_series(1, 2000) AS i;
  CREATE STATISTICS of_moods ON (gained(n)), n FROM moods;
  CREATE TABLE knex_migrations_lock (index serial PRIMARY KEY, is_locked int);
  CREATE TABLE other_knex_migrations_lock (is_locked mood);
  INSERT INTO knex_migrations_lock (is_locked) VALUES (1);
  INSERT INTO other_knex_migrations_lock VALUES ('sad');
  CREATE TRIGGER changed BEFORE UPDATE OR INSERT ON knex_migrations_lock FOR EACH ROW EXECUTE FUNCTION changed();
  CREATE TRIGGER changed BEFORE UPDATE OR INSERT ON other_knex_migrations_lock FOR EACH ROW EXECUTE FUNCTION changed();
  CREATE RULE changed AS ON UPDATE TO knex_migrations_lock DO ALSO SELECT gain();
  CREATE VIEW gained_view AS SELECT gain() AS t, m::text AS moods_cast FROM moods;
  ALTER TABLE moods ENABLE ROW LEVEL SECURITY;
  CREATE POLICY gained ON moods USING (gain() = 'gained');
  ${evil
    .map((evil, number) => {
      const name = quoted(short(`${number}${evil}`));
      return `
    CREATE SCHEMA ${name};
    CREATE TABLE ${name}.${name} (${name} text, id int PRIMARY KEY);
    CREATE INDEX ${quoted(short(`i${number}${evil}`))} ON ${name}.${name} (${name});
    CREATE TYPE ${name}.${quoted(short(`e${number}${evil}`))} AS ENUM (${literal(short(evil))});
    CREATE SEQUENCE ${name}.${quoted(short(`s${number}${evil}`))};
    CREATE FUNCTION ${name}.${name}() RETURNS text LANGUAGE sql AS ${literal(`SELECT '${evil.replaceAll("'", "''")}'`)};
    CREATE VIEW ${name}.${quoted(short(`v${number}${evil}`))} AS SELECT ${literal(evil)} AS ${name}, id FROM ${name}.${name};
    INSERT INTO ${name}.${name} VALUES (${literal(evil)}, 1);
    COMMENT ON SCHEMA ${name} IS ${literal(evil)};
    COMMENT ON TABLE ${name}.${name} IS ${literal(evil)};
    COMMENT ON COLUMN ${name}.${name}.${name} IS ${literal(evil)};`;
    })
    .join('')}
  COMMENT ON DATABASE ${database} IS ${literal(evil.join(''))};
  SELECT set_config('search_path', 'public;ALTER/**/ROLE/**/intruder/**/SUPERUSER', false);
  ALTER DATABASE ${database} SET search_path FROM CURRENT;
  SELECT set_config('temp_tablespaces', '', false);
  ALTER DATABASE ${database} SET temp_tablespaces FROM CURRENT;
  ALTER DATABASE ${database} SET DateStyle = 'German, DMY';
`;

/** What only a superuser can add, who calls what the owner wrote. */
const administrator = `
  ALTER DATABASE ${database} SET "evil.a" = ${literal(evil.join(''))};
  CREATE EVENT TRIGGER started ON ddl_command_start EXECUTE FUNCTION seen();
  CREATE EVENT TRIGGER ended ON ddl_command_end EXECUTE FUNCTION seen();
  CREATE EVENT TRIGGER dropped ON sql_drop EXECUTE FUNCTION seen();
  ALTER EVENT TRIGGER ended ENABLE ALWAYS;
  COMMENT ON EVENT TRIGGER ended IS 'of the owner';
`;

let move: Move;

afterEach(() => move.remove());

const serverOf = (major: 16 | 18) => () =>
  PostgresServer.create(undefined, { bin: join(folderOf(major), 'bin') });

test.each<[string, () => Promise<PostgresServer>]>([
  ['15', () => PostgresServer.create()],
  ['16', serverOf(16)],
  ['18', serverOf(18)],
])(
  'nothing that the owner of a database put into it gains rights, from PostgreSQL 15 to %s',
  async (_, target) => {
    move = await Move.start(target);
    move.source.query(`CREATE ROLE owner LOGIN; CREATE DATABASE ${database} OWNER owner`);
    move.source.query(`SET ROLE owner; ${owner}`, database);
    move.source.query(`SET search_path = public; ${administrator}`, database);
    move.target.query('CREATE ROLE intruder');
    // Names of databases, too; and each is tried in a database of its own, and in one that is there.
    const names = evil.map((text, number) => `backstage_plugin_${number}${text}`.slice(0, 50));
    names.forEach((name) => move.source.query(`CREATE DATABASE ${quoted(name)}`));
    expect((await move.run({ command: 'preflight' })).result).toMatchObject({ outcome: 'ready' });
    move.target.query(`CREATE DATABASE ${database}`);
    expect((await move.run({ command: 'preflight' })).result).toMatchObject({ outcome: 'ready' });
    move.target.query(`DROP DATABASE ${database}`);
    expect(existsSync(trace)).toBe(false);
    const first = await move.run();
    expect({ output: first.output, ...first.result }).toMatchObject({ outcome: 'proven' });
    expect(first.result.databases.map(({ database }: any) => database).sort()).toEqual(
      // Control characters become blanks in a report.
      [database, ...names.map((name) => name.replaceAll('\u0001', ' ').replaceAll('\u001b', ' '))].sort(),
    );
    names.forEach((name) => move.source.query(`DROP DATABASE ${quoted(name)}`));
    // The second run looks at what is there, the third copies it anew over what is there.
    expect((await move.run()).result).toMatchObject({ outcome: 'proven' });
    move.source.query(`SET search_path = public; INSERT INTO moods VALUES (0)`, database);
    expect((await move.run()).result).toMatchObject({ outcome: 'proven' });
    expect((await move.run({ command: 'written' })).result).toMatchObject({ outcome: 'done' });
    expect(move.target.query('SELECT rolname FROM pg_roles WHERE rolsuper')).toEqual(['postgres']);
    expect(existsSync(trace)).toBe(false);

    const settings = `SELECT unnest(setconfig) FROM pg_db_role_setting ORDER BY 1`;
    // A list that was stored without quotes gets them, as by pg_dump.
    const quotedPath = move.source
      .query(settings)
      .map((setting) => setting.replace(/^search_path=(.*)$/, 'search_path="$1"'));
    expect(move.target.query(settings)).toEqual(quotedPath);
    const lines = first.report?.databases.find((one: any) => one.database === database);
    expect(Object.keys(lines).sort()).toEqual([
      'bytes',
      'database',
      'differences',
      'equal',
      'rows',
      'tables',
    ]);
    const hostile = lines.tables.filter(({ table }: any) => /^\d/.test(table));
    expect(hostile.map(({ table }: any) => table).sort()).toEqual(
      evil.map((evil, number) => short(`${number}${evil}`)).sort(),
    );
    for (const { level } of first.result.findings) expect(level).toBe('notes');
  },
);
