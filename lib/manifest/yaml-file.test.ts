import * as fc from 'fast-check';
import { parse } from 'yaml';
import { TestFolder } from '../../test/unit/folder';
import { parseYaml, readManifest, readText, toYaml, writeDocument } from './yaml-file';

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
  expect(readText(folder.path).problems).toEqual([
    `cannot read ${folder.path}: EISDIR: illegal operation on a directory, read`,
  ]);
});

test('the one object of the kind is taken from among others', () => {
  const path = folder.write('two.yaml', 'kind: Secret\n---\nkind: Backstage\nmetadata: { name: hub }\n---\n');
  expect(readManifest(path, 'Backstage')).toEqual({
    value: { kind: 'Backstage', metadata: { name: 'hub' } },
    problems: [],
  });
});

test.each([
  ['none', 'kind: Secret\n', 'holds 0 objects of kind Backstage; it must hold exactly one'],
  ['nothing', '', 'holds 0 objects of kind Backstage; it must hold exactly one'],
  [
    'two',
    'kind: Backstage\n---\nkind: Backstage\n',
    'holds 2 objects of kind Backstage; it must hold exactly one',
  ],
  [
    'broken',
    'kind: [Backstage\n',
    'Flow sequence in block collection must be sufficiently indented and end with a ] at line 2, column 1',
  ],
  ['twice', 'kind: Backstage\nkind: Backstage\n', 'Map keys must be unique at line 2, column 1'],
  [
    'alias',
    'kind: Backstage\nspec: *none\n',
    'Unresolved alias (the anchor must be set before the alias): none',
  ],
])('a file with %s is a problem that names the file', (name, text, problem) => {
  const path = folder.write(`${name}.yaml`, text);
  expect(readManifest(path, 'Backstage')).toEqual({
    value: {},
    problems: expect.arrayContaining([`${path}: ${problem}`]),
  });
});

test('a text with an alias to nothing is a problem', () => {
  expect(parseYaml('plugins: *none', 'list.yaml').problems).toEqual([
    'list.yaml: Unresolved alias (the anchor must be set before the alias): none',
  ]);
});

test('YAML is read as Kubernetes reads it, and a timestamp stays the text it is', () => {
  expect(parseYaml('[yes, 0755, 1_000, 2001-01-01, on, ~]', 'x').value.toJS()).toEqual([
    true,
    493,
    1000,
    '2001-01-01',
    true,
    null,
  ]);
});

test('text that looks like something else is written so that it stays text', () => {
  const texts = [
    'yes',
    'no',
    'on',
    'off',
    'y',
    'n',
    '',
    '~',
    'null',
    '0755',
    '0o17',
    '0x1f',
    '0b11',
    '1_000',
    '12:30:45',
    '1e3',
    '12345e67',
    '.5',
    '.inf',
    '.nan',
    '2001-01-01',
    '=',
    '<<',
    '- a',
    '# a',
    '!x',
    '&a',
    '*a',
    '%a',
    '@a',
    '`a',
    ' a ',
    'a: b',
    'a\tb',
    'a\nb',
    '\u0085',
  ];
  const written = toYaml(texts);
  expect(parse(written, { version: '1.1' })).toEqual(texts);
  expect(parse(written, { version: '1.2' })).toEqual(texts);
});

test.each(['0o17', '0O17', '0x1F', '0X1f', '0b1', '0B1', '-0X1'])(
  'text %s, a number to the parser of Kubernetes, is quoted',
  (text) => {
    expect(toYaml(text)).toBe(`"${text}"\n`);
  },
);

test.each([
  ['a\u0000\nb', '"a\\u0000\\nb"'],
  ['\u001b[1m', '"\\u001b[1m"'],
  ['a\r\nb', '"a\\r\\nb"'],
  ['a\u007f', '"a\\u007f"'],
  ['a\u0085b', '"a\\u0085b"'],
  ['a\u2028b\u2029', '"a\\u2028b\\u2029"'],
  ['\ufeffa', '"\\ufeffa"'],
  ['a\uffff', '"a\\uffff"'],
  ['\ud800', '"\\ud800"'],
  ['\ta\nb', '"\\ta\\nb"'],
])('text %j, which the parser of Kubernetes could not read as it stands, is escaped', (text, escaped) => {
  expect(toYaml({ [text]: text })).toBe(`${escaped}: ${escaped}\n`);
  const { value } = parseYaml(`a: ${escaped}\n`, 'file');
  expect(value.toJS()).toEqual({ a: text });
  expect(writeDocument(value)).toBe(`a: ${escaped}\n`);
});

test('a letter that JavaScript writes as a surrogate pair stays a letter', () => {
  expect(toYaml('🐘')).toBe('🐘\n');
});

test('an object that stands in two places is written twice, not as an anchor', () => {
  const shared = { a: 1 };
  expect(toYaml({ one: shared, two: shared })).toBe('one:\n  a: 1\ntwo:\n  a: 1\n');
});

test('long lines are not folded', () => {
  expect(toYaml({ text: 'word '.repeat(100).trim() })).toBe(`text: ${'word '.repeat(100).trim()}\n`);
});

test('any JSON value comes back from YAML as it was, nulls included', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      const json = JSON.parse(JSON.stringify(value));
      expect(parse(toYaml(json), { version: '1.1' })).toEqual(json);
    }),
    { numRuns: 500 },
  );
});

test("a key '<<' in quotes is a key, in a value that is written and in a document that is read and written again", () => {
  const value = { config: { '<<': { a: 1 }, b: 2 } };
  const written = toYaml(value);
  expect(written).toBe('config:\n  "<<":\n    a: 1\n  b: 2\n');
  expect(writeDocument(parseYaml(written, 'file').value)).toBe(written);
  expect(parseYaml(written, 'file').value.toJS()).toEqual(value);
});

test("a bare key '<<' merges, as Kubernetes reads it, and stays bare", () => {
  const text = 'base: &base\n  a: 1\nconfig:\n  <<: *base\n  b: 2\n';
  const { value } = parseYaml(text, 'file');
  expect(value.toJS()).toEqual({ base: { a: 1 }, config: { a: 1, b: 2 } });
  expect(writeDocument(value)).toBe(text);
});
