import { backstage, localDatabaseName } from 'cdk8s-rhdh/operators';
import { displayName, groupKind } from '../kubernetes/object';
import { found, type Problem } from '../findings/problem';
import { referenceTo, type Api } from '../kubernetes/api';
import { isForbidden } from '../kubernetes/api-error';
import { unlessForbidden } from '../kubernetes/unless-forbidden';
import type { RolloutStage } from '../stages/rollout-stage';
import { findLocalDatabase, usesLocalDatabase } from '../gates/local-database';

/**
 * A hub that lives on the operator's local database would leave its data behind when its resource says
 * `enableLocalDb: false`; releases up to 1.9 delete the local database's Secret, too.
 */
export async function checkHubDatabase(
  api: Api,
  stages: readonly RolloutStage[],
  discard: boolean,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  const severity = discard ? 'warning' : 'error';
  for (const { object, manifest } of stages.flatMap(({ objects }) => objects)) {
    if (groupKind(object) !== backstage || usesLocalDatabase(object)) continue;
    const live = await unlessForbidden(api.find(referenceTo(object)));
    if (live === undefined || !usesLocalDatabase(live)) continue;
    const database = await findLocalDatabase(api, live).catch((error: unknown) => {
      if (isForbidden(error)) return 'forbidden' as const;
      throw error;
    });
    if (database === undefined) continue;
    if (database === 'forbidden') {
      problems.push(
        found('unchecked-local-database', {
          severity,
          where: `${manifest.file}:${manifest.line}`,
          message: `you may not read StatefulSet/${localDatabaseName(object.metadata.name)}, so it is not known whether the data of ${displayName(object)} is in the operator's local database`,
          advice: discard ? undefined : 'Ask for a Role with get on statefulsets.apps.',
        }),
      );
      continue;
    }
    problems.push(
      found('local-database', {
        severity,
        where: `${manifest.file}:${manifest.line}`,
        message: `${displayName(object)} uses the operator's local database (${displayName(database)}); its data would stay behind`,
        advice: discard
          ? undefined
          : 'Move it with `cdk8s-rhdh migrate`, or begin with empty databases: --discard-local-database.',
      }),
    );
  }
  return problems;
}
