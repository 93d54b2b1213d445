import { read, refused } from '../../test/unit/yaml-documents';
import { describeProblem, readYaml, readYamlBytes, readYamlDocument, toJsonText } from '.';

const problemsOf = (text: string) =>
  readYamlDocument(text).problems.map((problem) => describeProblem('f', problem).slice(2));

test.each(read)('%j is read as Kubernetes reads it', (text, json) => {
  const { documents, problems } = readYamlDocument(text);
  expect(problems).toEqual([]);
  expect(toJsonText(documents[0].value)).toBe(json);
});

test.each(refused)('%j is refused', (text, problem) => {
  expect(problemsOf(text)).toEqual([problem]);
});

test('lines of --- separate documents; empty ones are left out, and each knows its line', () => {
  const { documents } = readYaml('# first\na: 1\n--- # second\n\n---\n\ufeffb: |\n  ---x\n---\n# none\n');
  expect(documents.map(({ value, line }) => ({ value, line }))).toEqual([
    { value: { a: 1 }, line: 2 },
    { value: { b: '---x\n' }, line: 6 },
  ]);
});

test('every line of a file ends in a line feed, the last and the one before --- too', () => {
  const { documents } = readYaml('a: |+\n  x\n\n---\nb: |\n  y');
  expect(documents.map(({ value }) => value)).toEqual([{ a: 'x\n\n' }, { b: 'y\n' }]);
});

test('problems of all documents are told, with the lines of the file', () => {
  const text = 'a: *x\n---\nb: 1\n---\n\nc: [\n---\nd: 1\nd: 2\n';
  expect(readYaml(text).problems.map(({ line }) => line)).toEqual([1, 7, 9]);
});

test.each([100_000, 600])('a document that is nested %i levels deep is refused', (depth) => {
  expect(problemsOf('['.repeat(depth) + ']'.repeat(depth))).toEqual([
    expect.stringMatching(/nested .*deep.*; no object of Kubernetes is$/),
  ]);
});

test('aliases that stand for millions of nodes are refused, a few hundred are not', () => {
  const levels = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const bomb = levels.map((name, index) =>
    index === 0
      ? 'a: &a [1,1,1,1,1,1,1,1,1,1]'
      : `${name}: &${name} [${`*${levels[index - 1]},`.repeat(10)}]`,
  );
  expect(problemsOf(bomb.join('\n'))).toEqual([
    '1:1: nearly all of it is repeated by aliases; write the values out instead',
  ]);
  expect(problemsOf(bomb.slice(0, 3).join('\n'))).toEqual([]);
});

describe('the bytes of a file', () => {
  const read = (bytes: Buffer) => {
    const { documents, problems } = readYamlBytes(bytes);
    return problems.length > 0
      ? problems.map((problem) => describeProblem('f', problem))
      : documents[0].value;
  };
  const utf16 = (text: string, bigEndian: boolean) => {
    const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
    return bigEndian ? bytes.swap16() : bytes;
  };

  test.each([
    ['UTF-8 with byte order mark', Buffer.from('\ufeffa: Grüße 🐘')],
    ['UTF-16, little endian', utf16('a: Grüße 🐘', false)],
    ['UTF-16, big endian', utf16('a: Grüße 🐘', true)],
  ])('are read where they are %s', (_, bytes) => {
    expect(read(bytes)).toEqual({ a: 'Grüße 🐘' });
  });

  test.each([
    [
      'Latin-1',
      Buffer.from('x: 1\na: Grüße', 'latin1'),
      "f:2:6: byte 0xfc (in Latin-1 it is 'ü') is not UTF-8; save the file as UTF-8",
    ],
    [
      'cut in a letter',
      Buffer.from('a: ü').subarray(0, 4),
      "f:1:4: byte 0xc3 (in Latin-1 it is 'Ã') is not UTF-8; save the file as UTF-8",
    ],
    [
      'binary',
      Buffer.from([0x61, 0x3a, 0x20, 0x80]),
      'f:1:4: byte 0x80 is not UTF-8; save the file as UTF-8',
    ],
    [
      'UTF-16 with half a surrogate pair',
      utf16('a: \ud800', false),
      'f:1:4: half of a surrogate pair, or of a character, is not UTF-16; save the file as UTF-8',
    ],
    [
      'UTF-16 without byte order mark',
      Buffer.from('a: 1', 'utf16le'),
      'f:1:2: character U+0000, which the parser of Kubernetes does not read as it stands; leave it out, or write it as an escape in double quotes',
    ],
  ])('are refused where they are %s', (_, bytes, problem) => {
    expect(read(bytes)).toEqual([problem]);
  });
});
