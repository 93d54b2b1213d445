/** The fields of a Backstage resource, as far as it is asked for here. */
export interface ResourceFields {
  /** Value at a path such as `spec.database.enableLocalDb`. */
  get(path: string): any;
  /** The list at a path; empty if there is none. */
  list(path: string): any[];
}
