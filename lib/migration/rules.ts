import type { IConstruct } from 'constructs';
import { areOneServer, placeOf } from '../database/hubs-on-server';
import { labelProblem } from '../rules/names';
import { areApart } from '../rules/one-namespace';
import type { Rule } from '../rules/rule';
import { copiedProblems } from './copied-databases';
import { mappingProblems } from './database-mapping';
import type { DatabaseMigrationProps } from './database-migration';

/** Longest name of a move, in characters: the Job is `migrate-databases-<name>`, and Jobs have at most 63. */
const longestName = 63 - 'migrate-databases-'.length;

/** What a `DatabaseMigration` refuses. */
export const migrationRules: readonly Rule<
  DatabaseMigrationProps & { readonly job: IConstruct; readonly namespace?: string }
>[] = [
  {
    name: 'migration/name',
    refuses: 'a name that its Job cannot have',
    check: ({ name }) => labelProblem('name', name, longestName),
  },
  {
    name: 'migration/servers',
    refuses: 'a source that is the target',
    check: ({ source, target }) =>
      areOneServer(source, target)
        ? [`source and target are both ${placeOf(target)}; give the server that the data is on as source`]
        : [],
  },
  {
    name: 'migration/namespace',
    refuses: 'a Job in another namespace than the Secret of one of its servers',
    check: ({ source, target, job, namespace }) =>
      Object.entries({ source, target })
        .filter(([, postgres]) => areApart(postgres, job))
        .map(
          ([side, postgres]) =>
            `the Job is in namespace ${namespace} and the Secret ${postgres.secret.name} of the ${side} in ${postgres.namespace}; ` +
            'put both into one namespace',
        ),
  },
  {
    name: 'migration/workers',
    refuses: 'a number of workers that is none',
    check: ({ workers }) =>
      workers === undefined || (Number.isInteger(workers) && workers >= 1 && workers <= 64)
        ? []
        : [`workers is ${workers}; write a whole number from 1 to 64`],
  },
  {
    name: 'migration/mappings',
    refuses: 'a mapping whose names PostgreSQL cannot keep, and two that would mix what they copy',
    check: ({ mappings = [] }) => mappings.flatMap((mapping) => mappingProblems(mapping, mappings)),
  },
  {
    name: 'migration/hub-databases',
    refuses: 'names of databases that are not those which the hub on the target opens',
    check: (props) => copiedProblems(props),
  },
  {
    name: 'migration/patterns',
    refuses: 'a pattern that matches no database, or a line feed in it',
    check: ({ include = [], exclude = [] }) =>
      Object.entries({ include, exclude }).flatMap(([list, patterns]) =>
        patterns
          .filter((pattern) => pattern === '' || pattern.includes('\n'))
          .map(
            (pattern) =>
              `${list} has the pattern ${JSON.stringify(pattern)}; write a name on one line, in which '*' and '?' stand for others`,
          ),
      ),
  },
];
