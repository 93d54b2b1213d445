import type { Configuration } from '../configuration/configuration';
import { isKnown } from '../configuration/known-text';
import type { ConfigValue } from '../configuration/substitution';

const database = 'backend.database';

/** What Backstage takes a setting for, and what it says of any other value: it does not start (@backstage/config). */
interface SettingType {
  readonly names: readonly string[];
  readonly isRight: (value: ConfigValue) => boolean;
  readonly write: string;
}

const types: readonly SettingType[] = [
  {
    names: ['prefix', 'pluginDivisionMode', 'role'],
    isRight: (value) => typeof value === 'string' && value !== '',
    write: 'write a text, a number in quotes, or leave it out',
  },
  {
    names: ['ensureExists', 'ensureSchemaExists'],
    isRight: (value) => /^(?:y|yes|true|1|on|n|no|false|0|off)$/i.test(String(value).trim()),
    write: 'write true or false',
  },
];

/** Settings of the database that Backstage does not take, or takes for something else than they say. */
export function settingProblems({ config }: Configuration): string[] {
  const paths = [database, ...config.keys(`${database}.plugin`).map((id) => `${database}.plugin.${id}`)];
  const wrong = types.flatMap(({ names, isRight, write }) =>
    paths
      .flatMap((path) => names.map((name) => `${path}.${name}`))
      .filter((path) => {
        const value = config.get(path);
        return value !== undefined && value !== null && isReadable(value) && !isRight(value);
      })
      .map(
        (path) =>
          `${config.place(path)}: ${path} is ${describeValue(config.get(path))}, by which Backstage does not start; ${write}`,
      ),
  );
  return [...wrong, ...modeProblems(config)];
}

function modeProblems(config: Configuration['config']): string[] {
  const path = `${database}.pluginDivisionMode`;
  const mode = config.get(path);
  return typeof mode !== 'string' || mode === '' || !isKnown(mode) || ['schema', 'database'].includes(mode)
    ? []
    : [
        `${config.place(path)}: ${path} is '${mode}', which Backstage takes for database; write schema or database`,
      ];
}

function isReadable(value: ConfigValue): boolean {
  return typeof value !== 'string' || isKnown(value);
}

function describeValue(value: ConfigValue | undefined): string {
  if (value === '') return 'empty';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : typeof value === 'string' ? `'${value}'` : String(value);
}
