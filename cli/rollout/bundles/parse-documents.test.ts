import { parseDocuments } from './parse-documents';

const values = (text: string) => parseDocuments(text, 'f.yaml').documents.map(({ value }) => value);

test('a document is plain data with the line it starts at', () => {
  expect(parseDocuments('# first\na: 1\n---\n\nb: 2\n---\n', '0000-x.yaml')).toEqual({
    documents: [
      { value: { a: 1 }, line: 2 },
      { value: { b: 2 }, line: 5 },
    ],
    problems: [],
  });
});

test('scalars mean what they mean to kubectl', () => {
  expect(values('[yes, off, 0644, 0x1f, 1_000, 22:30, 1.5:30, 2026-01-31, ~, "1"]')).toEqual([
    [true, false, 420, 31, 1000, '22:30', '1.5:30', '2026-01-31', null, '1'],
  ]);
});

test('whole numbers have all their digits, and binary text is text', () => {
  expect(values('[9007199254740993, -9223372036854775808, !!binary R3LDvMOfZQ==, y]')).toEqual([
    [9007199254740993n, -9223372036854775808n, 'Grüße', true],
  ]);
});

test('a document with a mistake is not read, the others are', () => {
  expect(parseDocuments('a: *x\n---\nc: 1\n', 'f.yaml')).toEqual({
    documents: [{ value: { c: 1 }, line: 3 }],
    problems: [
      expect.objectContaining({
        where: 'f.yaml:1',
        message: expect.stringContaining('alias *x has no anchor'),
      }),
    ],
  });
});

test('an alias inside what it repeats is refused', () => {
  expect(parseDocuments('a: &x\n  b: *x\n', 'f.yaml').problems).toMatchObject([
    { rule: 'yaml-aliases', where: 'f.yaml:2', message: 'alias *x stands inside what it repeats' },
  ]);
});

test('anchors and merge keys are resolved', () => {
  expect(values('base: &base {a: 1}\nuse: {<<: *base, b: 2}')).toEqual([
    { base: { a: 1 }, use: { a: 1, b: 2 } },
  ]);
});

test('a malformed document is named by line and column', () => {
  expect(parseDocuments('a: 1\n---\nb: 2\nc: "x\n', '0100-x.yaml').problems).toEqual([
    {
      severity: 'error',
      rule: 'malformed-yaml',
      where: '0100-x.yaml:5',
      message: 'not valid YAML at column 1: Missing closing "quote',
    },
  ]);
});

test('a key that stands twice is refused', () => {
  expect(parseDocuments('a: 1\na: 2\n', 'f.yaml').problems.map(({ message }) => message)).toEqual([
    'not valid YAML at column 1: key "a" stands twice in this map; keep one',
  ]);
});

test('a bomb of nested aliases is refused without being resolved', () => {
  const levels = Array.from(
    { length: 12 },
    (_, i) => `l${i}: &l${i} [${`*l${i - 1},`.repeat(i === 0 ? 0 : 10)}x]`,
  );
  expect(parseDocuments(levels.join('\n'), '0000-bomb.yaml')).toEqual({
    documents: [],
    problems: [
      {
        severity: 'error',
        rule: 'yaml-aliases',
        where: '0000-bomb.yaml:1',
        message: 'nearly all of it is repeated by aliases; write the values out instead',
      },
    ],
  });
});

test('a document of 10 MB is refused before it is parsed', () => {
  const text = `a: 1\n---\nb: ${'x'.repeat(10_000_000)}\n`;
  expect(parseDocuments(text, '0000-large.yaml').problems).toEqual([
    {
      severity: 'error',
      rule: 'document-too-large',
      where: '0000-large.yaml:2',
      message: 'a document of 9.5 MiB; at most 3.0 MiB are read',
      advice: 'Kubernetes stores objects of at most 1.5 MiB: keep large data outside the cluster.',
    },
  ]);
});
