import {
  CREATE_DATABASE_RULES,
  EXTERNAL_POSTGRES_RULES,
  POSTGRES_RULES,
  POSTGRES_STATEFULSET_RULES,
} from '../../lib/database/rules';
import { HUB_DATABASE_RULES } from '../../lib/hub/database-rules';
import { DYNAMIC_PLUGINS_ROOT_RULES, HUB_FILE_RULES, HUB_RULES, LIGHTSPEED_RULES } from '../../lib/hub/rules';
import { MIGRATION_RULES } from '../../lib/migration/rules';
import {
  ORCHESTRATOR_PLUGINS_RULES,
  SONATAFLOW_PLATFORM_RULES,
  WORKFLOW_HELM_VALUES_RULES,
  WORKFLOW_RULES,
} from '../../lib/orchestrator/rules';
import { PROCEDURE_RULES } from '../../lib/stages/procedure-rules';
import { APP_RULES, STAGE_RULES } from '../../lib/stages/rules';
import { rowsOfPage } from './refusals';

test('docs/refusals.md has every rule once, and no other', () => {
  const rules = [
    POSTGRES_RULES,
    EXTERNAL_POSTGRES_RULES,
    POSTGRES_STATEFULSET_RULES,
    CREATE_DATABASE_RULES,
    HUB_RULES,
    HUB_FILE_RULES,
    HUB_DATABASE_RULES,
    DYNAMIC_PLUGINS_ROOT_RULES,
    LIGHTSPEED_RULES,
    SONATAFLOW_PLATFORM_RULES,
    ORCHESTRATOR_PLUGINS_RULES,
    WORKFLOW_RULES,
    WORKFLOW_HELM_VALUES_RULES,
    MIGRATION_RULES,
    STAGE_RULES,
    APP_RULES,
    PROCEDURE_RULES,
  ].flatMap((table) => table.map(({ name }) => name));
  expect(rowsOfPage().map((row) => row.split('`')[1])).toEqual(rules);
});
