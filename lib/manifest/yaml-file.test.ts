import { TestFolder } from '../../test/unit/folder';
import { parseYaml, readManifest, readText } from './yaml-file';

const folder = new TestFolder();

test('a file is read as it is', () => {
  const path = folder.write('text', 'größe\r\n');
  expect(readText(path)).toEqual({ value: 'größe\r\n', problems: [] });
});

test('a file that is not there, and one that is a folder, are problems', () => {
  expect(readText('missing.yaml')).toEqual({
    value: '',
    problems: ['cannot read missing.yaml: there is no such file'],
  });
  expect(readText(folder.path).problems).toEqual([`cannot read ${folder.path}: it is a folder, not a file`]);
});

test('the one object of the kind is taken from among others', () => {
  const path = folder.write('two.yaml', 'kind: Secret\n---\nkind: Backstage\nmetadata: { name: hub }\n---\n');
  expect(readManifest(path, 'Backstage')).toEqual({
    value: { kind: 'Backstage', metadata: { name: 'hub' } },
    problems: [],
  });
});

test.each([
  ['none', 'kind: Secret\n', ' holds 0 objects of kind Backstage; it must hold exactly one'],
  ['nothing', '', ' holds 0 objects of kind Backstage; it must hold exactly one'],
  [
    'two',
    'kind: Backstage\n---\nkind: Backstage\n',
    ' holds 2 objects of kind Backstage; it must hold exactly one',
  ],
  [
    'broken',
    'kind: [Backstage\n',
    '2:1: Flow sequence in block collection must be sufficiently indented and end with a ]',
  ],
  ['twice', 'kind: Backstage\nkind: Backstage\n', '2:1: key "kind" stands twice in this map; keep one'],
  [
    'alias',
    'kind: Backstage\nspec: *none\n',
    '2:7: alias *none has no anchor before it; write &none at the value that it repeats',
  ],
])('a file with %s is a problem that names the file', (name, text, problem) => {
  const path = folder.write(`${name}.yaml`, text);
  expect(readManifest(path, 'Backstage')).toEqual({
    value: {},
    problems: expect.arrayContaining([`${path}:${problem}`]),
  });
});

test('a text with an alias to nothing is a problem', () => {
  expect(parseYaml('plugins: *none', 'list.yaml').problems).toEqual([
    'list.yaml:1:10: alias *none has no anchor before it; write &none at the value that it repeats',
  ]);
});
