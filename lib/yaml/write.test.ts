import * as fc from 'fast-check';
import { parse } from 'yaml';
import { readYamlDocument, toJsonText, toYaml, writeDocument } from '.';

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
  expect(readYamlDocument(written).documents[0].value).toEqual(texts);
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
  ['\ta\nb', '"\\ta\\nb"'],
])('text %j, which the parser of Kubernetes could not read as it stands, is escaped', (text, escaped) => {
  expect(toYaml({ [text]: text })).toBe(`${escaped}: ${escaped}\n`);
  const [{ value, document }] = readYamlDocument(`a: ${escaped}\n`).documents;
  expect(value).toEqual({ a: text });
  expect(writeDocument(document)).toBe(`a: ${escaped}\n`);
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
      expect(toJsonText(readYamlDocument(toYaml(json)).documents[0].value)).toBe(JSON.stringify(json));
    }),
    { numRuns: 500 },
  );
});

test("a key '<<' in quotes is a key, in a value that is written and in a document that is read and written again", () => {
  const value = { config: { '<<': { a: 1 }, b: 2 } };
  const written = toYaml(value);
  expect(written).toBe('config:\n  "<<":\n    a: 1\n  b: 2\n');
  const [read] = readYamlDocument(written).documents;
  expect(writeDocument(read.document)).toBe(written);
  expect(read.value).toEqual(value);
});

test("a bare key '<<' merges, as Kubernetes reads it, and stays bare", () => {
  const text = 'base: &base\n  a: 1\nconfig:\n  <<: *base\n  b: 2\n';
  const [{ value, document }] = readYamlDocument(text).documents;
  expect(value).toEqual({ base: { a: 1 }, config: { a: 1, b: 2 } });
  expect(writeDocument(document)).toBe(text);
});

test('a document that was read is written as it was: numbers, words, comments and style', () => {
  const text = 'a: 0755 # mode\nb: [yes, ~, 1_000, 9007199254740993, 1.50]\nc: null\nd: 22:30\n';
  expect(writeDocument(readYamlDocument(text).documents[0].document)).toBe(
    text.replace('[yes, ~, 1_000, 9007199254740993, 1.50]', '[ yes, ~, 1_000, 9007199254740993, 1.50 ]'),
  );
});

test('lines of white space alone are quoted', () => {
  expect(toYaml({ a: ' \n', b: ['\n \n', ' '] })).toBe('a: "\\ \\n"\nb:\n  - "\\n\\ \\n"\n  - " "\n');
});

test('lines that are a whole document are quoted', () => {
  expect(toYaml('\n!')).toBe('"\\n!"\n');
});
