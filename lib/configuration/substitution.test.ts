import { unknownText } from './known-text';
import { type ConfigSurroundings, type ConfigValue, resolveConfig } from './substitution';

const secret = unknownText({ kind: 'Secret', name: 'login', key: 'connection.yaml' });
const files: Readonly<Record<string, string>> = {
  'connection.json': '{ "host": "db", "ssl": true, "ports": ["${PORT:-5432}"], "none": null }',
  'connection.txt': 'db',
  'secret.yaml': secret,
};
const surroundings: ConfigSurroundings = {
  variable: () => undefined,
  file: (path, folder) => (path in files ? { text: files[path], folder } : undefined),
  parse: (text) => JSON.parse(text) as ConfigValue,
};
const resolve = (value: ConfigValue) => resolveConfig(value, '/config', surroundings);

test.each<[string, ConfigValue, string]>([
  ['a map beside $file', { $file: 'a', b: 1 }, '$file stands beside other keys; give it a map of its own'],
  ['$env without a name', { $env: 5432 }, '$env needs a text, and a variable in it must be set'],
  ['a path of an unset variable', { $file: '${X}' }, '$file needs a text, and a variable in it must be set'],
  ['a file that is not there', { $file: 'none' }, '$file names none, and nothing is mounted there'],
  [
    'an ending that tells no language',
    { $include: 'connection.txt' },
    '$include names connection.txt, which is neither .json nor .yaml nor .yml',
  ],
  [
    'a key that the file lacks',
    { $include: 'connection.json#host.name' },
    '$include looks for host.name in connection.json, which has no name',
  ],
])('Backstage does not start with %s, which is told', (_, value, message) => {
  expect(() => resolve(value)).toThrow(message);
});

test('what is included is a value as it stands in the file, or unknown where the file is', () => {
  expect(resolve({ $include: 'connection.json' })).toEqual({
    host: 'db',
    ssl: true,
    ports: ['5432'],
    none: null,
  });
  expect(resolve({ $include: 'connection.json#ssl' })).toBe(true);
  expect(resolve({ $include: 'connection.json#host' })).toBe('db');
  expect(resolve({ $include: 'connection.json#none' })).toBeNull();
  expect(resolve({ $include: 'connection.json#ports' })).toEqual(['5432']);
  expect(resolve({ $include: 'secret.yaml' })).toBe(secret);
});
