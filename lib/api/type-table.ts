/** The fields of a struct, or the parameters of a call, each with its type; an optional one ends with `?`. */
export type Fields = Readonly<Record<string, string>>;

/** How an instance of a class or interface is told from other values, and how one is written. */
export interface ClassType {
  /** Whether a plain object is none, as it is one of an interface. */
  readonly isClass: boolean;
  readonly members: readonly string[];
  readonly ways: readonly string[];
}

/**
 * Types of the public API. `string`, `number`, `boolean`, `date` and `any` are those of jsii, `X[]` is a list and `X{}` a
 * map of X; any other name is in one of the tables.
 */
export interface TypeTable {
  /** `Hub` is its constructor. */
  readonly calls: Readonly<Record<string, Fields>>;
  readonly structs: Readonly<Record<string, Fields>>;
  readonly classes: Readonly<Record<string, ClassType>>;
  readonly enums: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
