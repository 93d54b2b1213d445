import type { Choice } from './choice';

/** A change of one thing of a database. */
export interface Change {
  readonly sql: string;
  /** What the difference is about: `rows` of a table, or a definition. */
  readonly what: 'rows' | 'catalog';
  /** What its difference names: a table, or a part of a name that nothing else has. */
  readonly name: string;
}

export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
export const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

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
export const texts = [
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

/** The statements that make a database, and changes of it; and its names, which a seed chooses. */
export class Statements {
  readonly sql: string[] = [];
  readonly changes: Change[] = [];
  readonly schemas: readonly string[];
  private number = 0;

  constructor(
    readonly seed: number,
    readonly choice: Choice,
  ) {
    this.schemas = ['public', quoted(this.named('schema').name)];
    this.add(`CREATE SCHEMA ${this.schemas[1]}`);
  }

  readonly add = (statement: string) => this.sql.push(`${statement};`);

  readonly change = (sql: string, what: Change['what'], name: string) =>
    this.changes.push({ sql, what, name });

  /** A name, and the part of it that nothing else has. */
  readonly named = (kind: string) => {
    const token = `${kind}${this.seed}x${(this.number += 1)}x`;
    return { token, name: token + this.choice.of(suffixes) };
  };

  /** A name in one of the schemas. */
  readonly place = (name: string) => `${this.choice.of(this.schemas)}.${quoted(name)}`;

  /** Comments on an object, now and then. */
  readonly comment = (object: string, token: string) => {
    if (!this.choice.once(3)) return;
    const text = `of ${token} ${this.choice.of(texts)}`;
    this.add(`COMMENT ON ${object} IS ${literal(text)}`);
    this.change(`COMMENT ON ${object} IS ${literal(`${text} more`)}`, 'catalog', `of ${token} `);
  };
}
