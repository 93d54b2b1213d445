import type { Problem } from '../findings/problem';
import type { Api } from '../kubernetes/api';
import type { RolloutStage } from '../stages/rollout-stage';
import { applyRights, objectsOfStages, planRights } from './apply-rights';
import { checkRights } from './check-rights';
import { permissionsFor } from './permission';
import type { Right } from './rights';

/** What is going to be done with the stages. */
export interface Undertaking {
  /** It will create a namespace that no bundle carries. */
  readonly createsNamespace: boolean;
  /** Which command it is. A `plan` works without the rights that `apply` has besides. */
  readonly command: 'plan' | 'apply' | 'migrate';
}

/** Whether the user may do everything that the rollout will do. */
export async function checkPermissions(
  api: Api,
  stages: readonly RolloutStage[],
  home: string,
  { createsNamespace, command }: Undertaking,
): Promise<Problem[]> {
  const applying = [...applyRights(stages, home), ...(createsNamespace ? [newNamespace] : [])];
  const rights = [
    ...planRights(stages, home),
    ...(command === 'plan' ? applying.map((right) => ({ without: '`apply` does not', ...right })) : applying),
  ];
  const permissions = await permissionsFor(api.discovery, rights, objectsOfStages(stages));
  return checkRights(api, permissions, home, command);
}

const newNamespace: Right = { verbs: ['create', 'patch'], apiVersion: 'v1', kind: 'Namespace' };
