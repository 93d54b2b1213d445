import { ConfigReader } from '@backstage/config';
import * as fc from 'fast-check';
import { adopted, database } from '../../test/unit/adopted-app';
import { problemsOf } from '../../test/unit/valid-app';

const place =
  '[0200-backstage/hub] hub/app-config: ConfigMap config, app-config.yaml, line 1: backend.database.';
const problems = (settings: object) => problemsOf(adopted({ appConfig: database(settings) })());
const asText = 'by which Backstage does not start; write a text, a number in quotes, or leave it out';

test.each<[string, object, string]>([
  ['an empty prefix', { prefix: '' }, `prefix is empty, ${asText}`],
  ['a number as the prefix', { prefix: 12 }, `prefix is 12, ${asText}`],
  ['a list as the mode', { pluginDivisionMode: ['schema'] }, `pluginDivisionMode is a list, ${asText}`],
  [
    'the role of a plugin that is true',
    { plugin: { catalog: { role: true } } },
    `plugin.catalog.role is true, ${asText}`,
  ],
  [
    'a word that is neither true nor false',
    { ensureExists: 'maybe' },
    "ensureExists is 'maybe', by which Backstage does not start; write true or false",
  ],
  [
    'an object in the place of true or false',
    { plugin: { catalog: { ensureSchemaExists: {} } } },
    'plugin.catalog.ensureSchemaExists is an object, by which Backstage does not start; write true or false',
  ],
  [
    'a mode that is written with a capital letter',
    { pluginDivisionMode: 'Schema' },
    "pluginDivisionMode is 'Schema', which Backstage takes for database; write schema or database",
  ],
])('%s is refused', (_, settings, report) => {
  expect(problems(settings)).toEqual([place + report]);
});

test('what Backstage itself reads is accepted, and what it does not is refused', () => {
  const value = fc.oneof(
    fc.constantFrom('', 'true', 'Off', ' yes ', 'maybe', 'blue_', 0, 1, 2, true, false),
    fc.integer(),
    fc.constant({ a: 1 }),
    fc.constant(['a']),
  );
  fc.assert(
    fc.property(fc.constantFrom('role', 'ensureSchemaExists'), value, (name, setting) => {
      const read = new ConfigReader({ [name]: setting } as never);
      const isRead = () => {
        try {
          if (name === 'role') read.getOptionalString(name);
          else read.getOptionalBoolean(name);
          return true;
        } catch {
          return false;
        }
      };
      expect(problems({ [name]: setting }).length === 0).toBe(isRead());
    }),
    { numRuns: 40 },
  );
});
