/** What was written to a table of the new server since it was proven. */
export interface WrittenTable {
  readonly database: string;
  /** With its schema. */
  readonly table: string;
  readonly inserted: number;
  readonly updated: number;
  readonly deleted: number;
}

/** One line a table, the most written first; nothing is a line, too. */
export function writtenText(tables: readonly WrittenTable[]): string[] {
  const rows = ({ inserted, updated, deleted }: WrittenTable) => inserted + updated + deleted;
  const written = tables.filter((table) => rows(table) > 0).sort((a, b) => rows(b) - rows(a));
  if (written.length === 0) return ['Nothing was written to the new server since.'];
  return [
    'Written to the new server since, and not in the old one:',
    ...written.map(
      ({ database, table, inserted, updated, deleted }) =>
        `  ${database} ${table}: ${inserted} rows inserted, ${updated} changed, ${deleted} deleted`,
    ),
  ];
}
