import type { Problem } from '../findings/problem';
import type { Api } from '../kubernetes/api';
import { checkRights, rightsTo } from '../preflight/rights';
import { clientVersions } from '../servers/list-clients';

/** Whether the user may do what a move does besides applying: stop clients, keep, run Jobs, put back. */
export async function checkMoveRights(api: Api, namespace: string): Promise<Problem[]> {
  const core = (kind: string) => ({ apiVersion: 'v1', kind });
  const job = { apiVersion: 'batch/v1', kind: 'Job' };
  const clients = await clientVersions(api);
  const rights = await Promise.all([
    ...clients.map((kind) => rightsTo(api, ['get', 'list', 'watch', 'patch', 'update'], kind, namespace)),
    rightsTo(api, ['get', 'create', 'patch', 'update'], core('Secret'), namespace),
    rightsTo(api, ['get', 'list', 'create', 'patch', 'update', 'delete'], core('ConfigMap'), namespace),
    rightsTo(api, ['get', 'list', 'watch', 'create', 'patch', 'delete'], job, namespace),
    rightsTo(api, ['list', 'watch'], core('Pod'), namespace),
    rightsTo(api, ['get'], core('Pod'), namespace, { subresource: 'log', optional: true }),
  ]);
  return checkRights(api, rights.flat(), namespace);
}
