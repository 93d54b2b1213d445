import { apiRules } from '../../lib/api/rules';
import {
  createDatabaseRules,
  externalPostgresRules,
  postgresRules,
  postgresStatefulsetRules,
} from '../../lib/database/rules';
import { hubDatabaseRules } from '../../lib/hub/database-rules';
import { dynamicPluginsRootRules, hubFileRules, hubRules, lightspeedRules } from '../../lib/hub/rules';
import { migrationRules } from '../../lib/migration/rules';
import {
  networkPoliciesRules,
  orchestratorPluginsRules,
  sonataflowPlatformRules,
  workflowHelmValuesRules,
  workflowRules,
} from '../../lib/orchestrator/rules';
import { procedureRules } from '../../lib/stages/procedure-rules';
import { appRules, stageRules } from '../../lib/stages/rules';
import { rowsOfPage } from './refusals';

test('docs/refusals.md has every rule once, and no other', () => {
  const rules = [
    apiRules,
    postgresRules,
    externalPostgresRules,
    postgresStatefulsetRules,
    createDatabaseRules,
    hubRules,
    hubFileRules,
    hubDatabaseRules,
    dynamicPluginsRootRules,
    lightspeedRules,
    sonataflowPlatformRules,
    networkPoliciesRules,
    orchestratorPluginsRules,
    workflowRules,
    workflowHelmValuesRules,
    migrationRules,
    stageRules,
    appRules,
    procedureRules,
  ].flatMap((table) => table.map(({ name }) => name));
  expect(rowsOfPage().map((row) => row.split('`')[1])).toEqual(rules);
});
