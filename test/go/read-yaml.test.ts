import * as fc from 'fast-check';
import { readYamlDocument, toJsonText, toYaml } from '../../lib/yaml';
import { read, refused } from '../unit/yaml-documents';
import { LibraryError, GoProgram } from './program';

const library = new GoProgram('read');

/** The JSON that sigs.k8s.io/yaml makes of a document; none where it refuses it. */
async function readByLibrary(text: string): Promise<string | undefined> {
  try {
    return await library.ask({ YAML: Buffer.from(text).toString('base64') });
  } catch (error) {
    if (error instanceof LibraryError) return undefined;
    throw error;
  }
}

/** JSON with its keys in order, each number as a text of all its digits. */
function comparable(json: string): unknown {
  const texts = json.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) =>
    token.startsWith('"') ? token : JSON.stringify(`number ${digitsOf(token)}`),
  );
  return JSON.parse(texts);
}

/** Go and JavaScript write doubles beyond 64 bits, and small ones, in different ways. */
function digitsOf(number: string): string {
  const isWhole = /^-?\d+$/.test(number);
  return isWhole && Math.abs(Number(number)) < 2 ** 64 ? String(BigInt(number)) : String(Number(number));
}

const tokens = [
  ...[
    'a',
    'b',
    'é',
    '🐘',
    'y',
    'n',
    'yes',
    'No',
    'on',
    'Off',
    'null',
    '~',
    '22:30',
    '08:00',
    '2001-01-01',
    '<<',
    '=',
  ],
  ...[
    '08',
    '0755',
    '0o17',
    '0x1F',
    '0b11',
    '0b-1',
    '-0b1',
    '1_000',
    '0x_1',
    '_1',
    '1_',
    '+1',
    '-0',
    '-0.0',
    '1.',
    '.5_0',
  ],
  ...[
    '9007199254740993',
    '18446744073709551615',
    '18446744073709551616',
    '-9223372036854775808',
    '1e3',
    '1e400',
    '12e-7',
  ],
  ...[
    '.inf',
    '.nan',
    '.',
    '..',
    '...',
    '-',
    '+',
    '"q"',
    "'it''s'",
    '"\\n"',
    '"\\x41"',
    '"\\/"',
    '"\\ud800"',
    '"a\\\n b"',
  ],
  ...['&x ', '*x', '! ', '!foo ', 'R3LDvMOfZQ=='],
  ...['str', 'int', 'float', 'binary', 'bool', 'null', 'set', 'omap', 'timestamp'].map(
    (name) => `!!${name} `,
  ),
  ...[
    ': ',
    ':',
    '- ',
    '? ',
    '[',
    ']',
    '{',
    '}',
    ', ',
    ',',
    ' ',
    '  ',
    '\n',
    '\n  ',
    '\n    ',
    '\n\n',
    '\t',
    '\r\n',
    '\r',
  ],
  ...[
    '#c',
    ' # c',
    '|\n',
    '|\n  t\n',
    '>\n  t\n  u\n',
    '|-\n  t\n',
    '|+\n  t\n\n',
    '|2\n   t\n',
    '---',
    '%YAML 1.1\n---\n',
  ],
  ...['@', '`', '%', '\\', '\u0000', '\u0085', '\u2028', '\ufeff', '__proto__'],
];
const line = fc
  .array(fc.constantFrom(...tokens), { minLength: 1, maxLength: 8 })
  .map((parts) => parts.join(''));
const member = fc
  .tuple(fc.constantFrom(...tokens), fc.constantFrom(...tokens))
  .map((pair) => pair.join(': '));
const indented = fc.tuple(fc.constantFrom('', '  ', '    ', '- ', '  - ', '    - '), fc.oneof(member, line));
const block = fc
  .array(indented, { minLength: 1, maxLength: 6 })
  .map((lines) => lines.map((l) => l.join('')).join('\n') + '\n');
const hostile = fc.oneof(
  line,
  member,
  block,
  line.map((text) => `a: [${text}]\n`),
);

test.each(read)('the library reads %j as the constructs do', async (text, json) => {
  const given = await readByLibrary(text);
  expect(given).toBeDefined();
  expect(comparable(given!)).toEqual(comparable(json));
});

test('what the constructs refuse and the library does not is known', async () => {
  const read = await Promise.all(refused.map(async ([text]) => [text, await readByLibrary(text)]));
  expect(read.filter(([, json]) => json !== undefined)).toEqual([
    ['a: 1\na: 2', '{"a":2}'],
    ['{1: a, "1": b}', expect.stringMatching(/^\{"1":"[ab]"\}$/)],
    ['a: !!binary /w==', '{"a":"\\ufffd"}'],
    ['a: 1\n...\nb: 2', '{"a":1}'],
    ['{a: 1} b', '{"a":1}'],
  ]);
});

test('no document is read otherwise than the library reads it', async () => {
  await fc.assert(
    fc.asyncProperty(hostile, async (text) => {
      const { documents, problems } = readYamlDocument(text);
      const json = await readByLibrary(text);
      if (problems.length === 0 && json !== undefined) {
        expect(comparable(toJsonText(documents[0].value))).toEqual(comparable(json));
      }
    }),
    { numRuns: 10_000 },
  );
});

test('what is written is read by the library as what it was', async () => {
  const value = fc.oneof(
    fc.jsonValue({ stringUnit: 'binary' }),
    fc.dictionary(fc.constantFrom(...tokens), fc.constantFrom(...tokens)),
  );
  await fc.assert(
    fc.asyncProperty(value, async (given) => {
      fc.pre(!/\p{Surrogate}|\\ud[89a-f]/u.test(JSON.stringify(given)));
      expect(comparable((await readByLibrary(toYaml(given)))!)).toEqual(comparable(JSON.stringify(given)));
    }),
    { numRuns: 2000, examples: [[' \n'], [{ a: '\n \n' }]] },
  );
});
