import * as fc from 'fast-check';
import {
  environmentVariableProblem,
  keyProblem,
  labelProblem,
  portProblem,
  postgresIdentifierProblem,
  serviceNameProblem,
  subdomainProblem,
} from './names';

const lowerOrDigit = (character: string) =>
  (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
const letter = (character: string) =>
  character.toLowerCase() >= 'a' && character.toLowerCase() <= 'z' && character.length === 1;

/** RFC 1123 label, as Kubernetes states it in words ("Object Names and IDs"), character by character. */
function isLabel(value: string): boolean {
  const characters = [...value];
  return (
    value.length >= 1 &&
    characters.every((character) => lowerOrDigit(character) || character === '-') &&
    lowerOrDigit(characters[0]) &&
    lowerOrDigit(characters[characters.length - 1])
  );
}

const isSubdomain = (value: string) => value.length <= 253 && value.split('.').every(isLabel);

/** IsConfigMapKey of k8s.io/apimachinery: 1 to 253 of these characters, neither `.` nor begun by `..`. */
const isKey = (value: string) =>
  value.length >= 1 &&
  value.length <= 253 &&
  [...value].every(
    (character) => letter(character) || (character >= '0' && character <= '9') || '-._'.includes(character),
  ) &&
  value !== '.' &&
  !value.startsWith('..');

/** IsEnvVarName of k8s.io/apimachinery: no digit first, neither `.` nor begun by `..`. */
const isVariable = (value: string) =>
  value.length >= 1 &&
  [...value].every(
    (character) => letter(character) || (character >= '0' && character <= '9') || '-._'.includes(character),
  ) &&
  !(value[0] >= '0' && value[0] <= '9') &&
  value !== '.' &&
  !value.startsWith('..');

/** Strings that are often nearly names. */
const nearName = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'z', '0', '9', '-', '.', '_', 'A', 'é', ' ', '\n'), maxLength: 8 }),
  fc.string({ unit: fc.constantFrom('a', '0', '-', '.'), minLength: 60, maxLength: 66 }),
  fc.string({ unit: fc.constantFrom('a', '0', '.'), minLength: 250, maxLength: 256 }),
);

test.each<[string, (value: string) => string[], (value: string) => boolean]>([
  ['a label', (value) => labelProblem('name', value), (value) => isLabel(value) && value.length <= 63],
  [
    'the name of a Service',
    (value) => serviceNameProblem('name', value),
    (value) => isLabel(value) && letter(value[0]) && value.length <= 63,
  ],
  ['a subdomain', (value) => subdomainProblem('name', value), isSubdomain],
  ['a key of a Secret', (value) => keyProblem('key', value), isKey],
  ['an environment variable', (value) => environmentVariableProblem('name', value), isVariable],
])('what is accepted as %s is one, and the reverse', (_, problem, isOne) => {
  fc.assert(
    fc.property(nearName, (value) => {
      expect(problem(value).length).toBe(isOne(value) ? 0 : 1);
    }),
    { numRuns: 1000 },
  );
});

test('what is accepted as a PostgreSQL identifier has 1 to 63 bytes of UTF-8 and no NUL', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 66 }), (value) => {
      const accepted = postgresIdentifierProblem('database', value).length === 0;
      const bytes = new TextEncoder().encode(value);
      expect(accepted).toBe(bytes.length >= 1 && bytes.length <= 63 && !bytes.includes(0));
    }),
    { numRuns: 1000 },
  );
});

test('what is accepted as a port is one of TCP', () => {
  fc.assert(
    fc.property(fc.oneof(fc.integer({ min: -5, max: 70000 }), fc.double()), (value) => {
      expect(portProblem('port', value).length === 0).toBe(
        Number.isInteger(value) && value > 0 && value < 65536,
      );
    }),
  );
});

test.each([
  [
    labelProblem('name', 'My_Hub', 40),
    `name "My_Hub" is not a DNS-1123 label of at most 40 characters; write lower-case letters, digits and '-', beginning and ending with a letter or digit`,
  ],
  [
    serviceNameProblem('name', '1st'),
    `name "1st" is not a DNS-1035 label of at most 63 characters, as Services need; write lower-case letters, digits and '-', beginning with a letter`,
  ],
  [
    subdomainProblem('Secret', 'a..b'),
    `Secret "a..b" is not a DNS-1123 subdomain of at most 253 characters; write lower-case letters, digits, '-' and '.'`,
  ],
  [
    postgresIdentifierProblem('database', 'ü'.repeat(32)),
    `database "${'ü'.repeat(32)}" takes 64 bytes; PostgreSQL identifiers have 1 to 63 bytes and no NUL: write a shorter name`,
  ],
  [
    postgresIdentifierProblem('database', 'a\udfff'),
    'database "a\\udfff" holds half of a surrogate pair, which UTF-8 has no bytes for; leave it out',
  ],
  [portProblem('port', 0), 'port 0 is not a TCP port; write a whole number from 1 to 65535'],
  [
    environmentVariableProblem('name', '1A'),
    `name "1A" cannot name an environment variable; write letters, digits, '_', '-' and '.', beginning with no digit`,
  ],
  [
    keyProblem('key', '..data'),
    `key "..data" cannot be a key of a Secret or ConfigMap; write letters, digits, '-', '_' and '.', not beginning with '..'`,
  ],
])('refusal %# says what is wrong and what to write', (problems, message) => {
  expect(problems).toEqual([message]);
});

test('a very long value is cut in the message', () => {
  expect(labelProblem('name', 'x'.repeat(200))[0]).toContain(`name "${'x'.repeat(75)}…" is not`);
});
