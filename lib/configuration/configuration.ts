import type { LayeredConfig } from './layered-config';

/** What Backstage sees: its configuration, and the variables of its container. */
export interface Configuration {
  readonly config: LayeredConfig;
  /** Value of a variable; nothing where it is not set. */
  variable(name: string): string | undefined;
  /** Where a variable is set, for a person. */
  variablePlace(name: string): string;
}
