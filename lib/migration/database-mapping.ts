import { postgresIdentifierProblem } from '../rules/names';

/**
 * Where a database of the source goes, if not to one of its own name. Databases and schemas that change their name
 * do so once the copy is proven, together with its mark. Texts of functions that name a schema are not changed.
 */
export interface DatabaseMapping {
  /** Name of the database in the source. */
  readonly sourceDatabase: string;

  /**
   * The schema that is copied. Every schema with tables needs a mapping, once one has.
   * @default - all of the database; 'public' where `targetSchema` is given
   */
  readonly sourceSchema?: string;

  /** Name of the database in the target. Several source databases can share it, each with schemas of its own. */
  readonly targetDatabase: string;

  /**
   * The name that the schema gets.
   * @default - all of the database keeps its names; 'public' where `sourceSchema` is given
   */
  readonly targetSchema?: string;
}

/** The mappings as the scripts read them: a line each, its four names with tabs between. */
export function mappingLines(mappings: readonly DatabaseMapping[]): string {
  return mappings
    .map(({ sourceDatabase, sourceSchema = '', targetDatabase, targetSchema = '' }) =>
      [sourceDatabase, sourceSchema, targetDatabase, targetSchema].join('\t'),
    )
    .join('\n');
}

/** What is wrong with one of `mappings`. */
export function mappingProblems(mapping: DatabaseMapping, mappings: readonly DatabaseMapping[]): string[] {
  const names = Object.entries(mapping).filter(([, name]) => name !== undefined);
  const misnamed = names.flatMap(([what, name]) =>
    /[\t\n]/.test(name)
      ? [`${what} ${JSON.stringify(name)} has a tab or line feed, which a mapping cannot; rename it first`]
      : postgresIdentifierProblem(what, name),
  );
  const earlier = mappings.slice(0, mappings.indexOf(mapping));
  const rival = earlier.find((other) => mixes(mapping, other));
  return rival === undefined
    ? misnamed
    : [
        ...misnamed,
        `${describe(rival)} and ${describe(mapping)} would be mixed; give each schema one place, and each place one schema`,
      ];
}

/** Whether two mappings copy the same, or into the same; all of a database is mixed with every schema of it. */
function mixes(one: DatabaseMapping, other: DatabaseMapping): boolean {
  const whole = ({ sourceSchema, targetSchema }: DatabaseMapping) =>
    (sourceSchema ?? targetSchema) === undefined;
  const overlap = (a?: string, b?: string) =>
    whole(one) || whole(other) || (a ?? 'public') === (b ?? 'public');
  return (
    (one.sourceDatabase === other.sourceDatabase && overlap(one.sourceSchema, other.sourceSchema)) ||
    (one.targetDatabase === other.targetDatabase && overlap(one.targetSchema, other.targetSchema))
  );
}

function describe({ sourceDatabase, sourceSchema, targetDatabase, targetSchema }: DatabaseMapping): string {
  const place = (...names: (string | undefined)[]) => names.filter((name) => name !== undefined).join('.');
  return `${place(sourceDatabase, sourceSchema)} -> ${place(targetDatabase, targetSchema)}`;
}
