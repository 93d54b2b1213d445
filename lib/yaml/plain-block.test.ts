import * as fc from 'fast-check';
import { readYamlDocument } from '.';
import { plainBlock } from './plain-block';

test('maps and lists of short values are read', () => {
  const text = [
    'apiVersion: apps/v1',
    'metadata:',
    '  labels: {}',
    '  name: "a: b"',
    'items:',
    '- a: 0755',
    '  b:',
    '  - c d',
    "  - 'on'",
    '- on',
    'empty:',
    'last: []',
    '',
  ].join('\n');

  expect(plainBlock(text)).toEqual({
    value: {
      apiVersion: 'apps/v1',
      metadata: { labels: {}, name: 'a: b' },
      items: [{ a: 493, b: ['c d', 'on'] }, true],
      empty: null,
      last: [],
    },
  });
});

test.each([
  'a: |\n  x',
  'a: b # c',
  'a: b: c',
  'a: b\n  c',
  'a: 1\na: 2',
  'on: 1',
  '__proto__: 1',
  'a: .nan',
  'a: [1]',
  'a: *x',
  'a: !!int 1',
  'a: "\\n"',
  "a: 'it''s'",
  'a: é',
  'a:\tb',
  '- a',
  'a:\n- - b',
  'a:\n  b: 1\n c: 2',
  'a:\n- b: 1\n   c: 2',
  'a:\n  b: 1\n  - c',
  '"a": 1',
  '# nothing',
  '',
  `a:\n${' '.repeat(201)}b: 1`,
])('%j is left to the parser of all of YAML', (text) => {
  expect(plainBlock(text)).toBeUndefined();
});

test('the nodes of such a document are there when they are asked for', () => {
  const [document] = readYamlDocument('a:\n  b: 1\n').documents;
  expect(document.document.getIn(['a', 'b'])).toBe(1);
  expect(document.placeOf(['a', 'b'])).toBe('2:6');
});

const words = [
  'a',
  'b',
  'on',
  'null',
  'x y',
  '08',
  '1_0',
  '1e3',
  '.5',
  '.inf',
  '22:30',
  'a:',
  ':',
  '-',
  '- a',
];
const signs = [
  '&x',
  '*x',
  '!',
  '%',
  '@',
  '`',
  '"q"',
  "'q'",
  '"',
  '{}',
  '[]',
  '{',
  ',',
  '#',
  ' #',
  '?',
  '~',
  '|',
];
const indents = ['', '  ', '    ', ' ', '- ', '  - ', '    - ', '- - '];
const value = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...words) },
  { weight: 1, arbitrary: fc.constantFrom(...signs) },
  fc.array(fc.constantFrom(...words, ...signs), { maxLength: 3 }).map((parts) => parts.join('')),
);
const entry = fc.oneof(
  fc.tuple(value, value).map(([key, text]) => `${key}: ${text}`),
  value.map((key) => `${key}:`),
  value,
);
const document = fc
  .array(fc.tuple(fc.constantFrom(...indents), entry), { minLength: 1, maxLength: 7 })
  .map((lines) => lines.map((parts) => parts.join('')).join('\n') + '\n');

test('what is read in this way, the parser of all of YAML reads in the same way', () => {
  let plain = 0;
  fc.assert(
    fc.property(document, (text) => {
      const quick = plainBlock(text);
      if (quick === undefined) return;
      plain += 1;
      // A comment is for the other parser.
      const { documents, problems } = readYamlDocument(`${text}# other\n`);
      expect(problems).toEqual([]);
      expect(documents[0].value).toEqual(quick.value);
    }),
    { numRuns: Number(process.env.RUNS ?? 2_000) },
  );
  expect(plain).toBeGreaterThan(0);
});
