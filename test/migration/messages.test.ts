import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const scripts = join(__dirname, '..', '..', 'lib', 'migration', 'scripts');

let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'messages-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** What a function of the scripts prints. */
function bash(script: string, input: string | Buffer = ''): Buffer {
  return execFileSync(
    'bash',
    ['--norc', '-c', `set -eu; . "$SCRIPTS/messages.sh"; . "$SCRIPTS/report.sh"; ${script}`],
    { env: { PATH: process.env.PATH, SCRIPTS: scripts, WORK: folder, LC_ALL: 'C' }, input },
  );
}

function wordsOf(messages: string): string {
  writeFileSync(join(folder, 'messages'), messages);
  return bash('words_of "$WORK/messages"').toString();
}

describe('words of a report', () => {
  test.each<[string, string, string]>([
    [
      "a row that breaks a constraint: psql's error, without the row",
      `psql:<stdin>:3: ERROR:  23502: null value in column "name" of relation "people" violates not-null constraint
DETAIL:  Failing row contains (1, null, secret).
CONTEXT:  COPY people, line 1: "1	\\N	secret"
SCHEMA NAME:  public
TABLE NAME:  people
COLUMN NAME:  name
LOCATION:  ExecConstraints, execMain.c:1930
`,
      'ERROR:  null value in column "name" of relation "people" violates not-null constraint (COPY people, line 1, schema public, table people, column name)',
    ],
    [
      'a value that is no value of its type',
      'psql:a.sql:3: ERROR:  22P02: invalid input syntax for type integer: "the "secret" of\nCONTEXT:  COPY t, line 1, column a: "the secret\n',
      'ERROR:  invalid input syntax for type integer: "…" (COPY t, line 1)',
    ],
    [
      'a value before its type',
      'ERROR:  22003: value "4711" is out of range for type integer\n',
      'ERROR:  value "…" is out of range for type integer',
    ],
    [
      'bytes of no encoding',
      'ERROR:  22021: invalid byte sequence for encoding "UTF8": 0xe9 0x20\n',
      'ERROR:  invalid byte sequence for encoding "UTF8":…',
    ],
    [
      'what a function of the database raises over a row',
      'psql:x:1: ERROR:  P0001: bad row secret\nCONTEXT:  PL/pgSQL function f(text) line 1 at RAISE\nCOPY t, line 3: "secret"\n',
      "ERROR: the text of a function's exception, which may be data (COPY t, line 3)",
    ],
    [
      'the same under a code of its own',
      'psql:x:1: ERROR:  42000: secret\nCONTEXT:  PL/pgSQL function f(text) line 1 at RAISE\n',
      "ERROR: the text of a function's exception, which may be data",
    ],
    [
      'a definition: the object, and nothing of its statement',
      `pg_restore: while PROCESSING TOC:
pg_restore: from TOC entry 3305; 1418 16398 USER MAPPING USER MAPPING bob SERVER far postgres
pg_restore: error: could not execute query: ERROR:  role "bob" does not exist
Command was: CREATE USER MAPPING FOR bob SERVER far OPTIONS (
    password 'hunter2',
pg_restorepassword 'hunter2'
);
`,
      'ERROR:  role "bob" does not exist (USER MAPPING USER MAPPING bob SERVER far)',
    ],
    [
      'rows in an archive',
      `pg_restore: from TOC entry 3310; 0 16387 TABLE DATA t postgres
pg_restore: error: COPY failed for table "t": ERROR:  new row for relation "t" violates check constraint "c"
DETAIL:  Failing row contains (secret).
CONTEXT:  COPY t, line 1: "secret"
`,
      'ERROR:  new row for relation "t" violates check constraint "c" (TABLE DATA t) (COPY failed for table "t", COPY t, line 1)',
    ],
    [
      'pg_dump, which tells its statement',
      `pg_dump: error: Dumping the contents of table "t" failed: PQgetResult() failed.
pg_dump: detail: Error message from server: ERROR:  permission denied for table t
pg_dump: detail: Command was: COPY public.t (a) TO stdout;
`,
      'pg_dump: error: Dumping the contents of table "t" failed: PQgetResult() failed.; ERROR:  permission denied for table t',
    ],
    [
      'another language',
      'psql:x:1: FEHLER:  22P02: ungültige Eingabesyntax für Typ integer: »geheim«\n',
      'FEHLER:  ungültige Eingabesyntax für Typ integer: …',
    ],
    [
      'a server that is gone',
      'psql:a.sql:3: server closed the connection unexpectedly\n\tThis probably means the server terminated abnormally\npsql:a.sql:3: error: connection to server was lost\n',
      'server closed the connection unexpectedly; error: connection to server was lost',
    ],
    [
      'warnings, which are no error',
      `WARNING:  database "postgres" has a collation version mismatch
DETAIL:  The database was created using collation version 1, but the operating system provides version 2.31.
psql:a.sql:3: WARNING:  01000: something
`,
      '',
    ],
  ])('%s', (_, messages, words) => {
    expect(wordsOf(messages)).toBe(words);
  });
});

describe('text of a report', () => {
  const replaced = '\uFFFD';

  test.each<[string, Buffer, string]>([
    ['UTF-8 of every length', Buffer.from('aé€𝄞\tz\n'), 'aé€𝄞\tz\n'],
    ['LATIN1', Buffer.from('Café crème', 'latin1'), `Caf${replaced} cr${replaced}me`],
    ['a text that ends too early', Buffer.from([0x61, 0xe2, 0x82]), `a${replaced}${replaced}`],
    [
      'surrogates, and letters that are written too long',
      Buffer.from([0xed, 0xa0, 0x80, 0xc0, 0xaf]),
      replaced.repeat(5),
    ],
    [
      'letters between bytes of none',
      Buffer.from([0xff, 0xc3, 0xa9, 0xfe, 0xc3, 0xa9]),
      `${replaced}é${replaced}é`,
    ],
    ['control characters', Buffer.from('a\u0000b\u001b[2Jc\rd\u007f'), 'a b [2Jc d '],
  ])('%s', (_, bytes, text) => {
    expect(bash('as_utf8', bytes).toString()).toBe(text);
  });

  test('any bytes at all become UTF-8 of their letters', () => {
    for (let round = 0; round < 20; round++) {
      const bytes = Buffer.from(Array.from({ length: 5000 }, () => Math.floor(Math.random() * 256)));
      const decoded = new TextDecoder('utf-8', { fatal: true }).decode(bash('as_utf8', bytes));
      const letters = (text: string) => text.replaceAll(replaced, '').replaceAll(/[\p{Cc} ]/gu, '');
      expect(letters(decoded)).toBe(letters(bytes.toString('utf8')));
    }
  });
});
