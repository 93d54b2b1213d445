import * as fc from 'fast-check';
import { canonicalHost, isSameHost, namesHost } from './host';

const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,10}[a-z0-9])?$/).filter((text) => text !== 'svc');

/** A word, with some of its letters in capitals. */
const inAnyCase = (word: string) =>
  fc
    .array(fc.boolean(), { minLength: word.length, maxLength: word.length })
    .map((capitals) =>
      [...word].map((letter, at) => (capitals[at] ? letter.toUpperCase() : letter)).join(''),
    );

const formsOf = (service: string, home: string) => [
  service,
  `${service}.${home}`,
  `${service}.${home}.svc`,
  `${service}.${home}.svc.cluster.local`,
  `${service}.${home}.svc.example.internal`,
];

/** A Service, its namespace, and a form in which it is written there. */
const written = fc.tuple(label, label).chain(([service, home]) =>
  fc
    .tuple(fc.constantFrom(...formsOf(service, home)), fc.constantFrom('', '.'))
    .chain(([form, dot]) => inAnyCase(form + dot))
    .map((form) => ({ service, home, form })),
);

test('every form of a Service is the same host to those in its namespace', () => {
  fc.assert(
    fc.property(written, ({ service, home, form }) => {
      expect(canonicalHost(form, home)).toBe(`${service}.${home}`);
      expect(isSameHost(form, service, home)).toBe(true);
      expect(isSameHost(service, form, home)).toBe(true);
    }),
  );
});

test('a Service of another name or namespace is another host, in whatever form', () => {
  fc.assert(
    fc.property(written, label, label, ({ service, home, form }, other, elsewhere) => {
      fc.pre(other !== service && elsewhere !== home);
      for (const one of formsOf(other, home)) expect(isSameHost(one, form, home)).toBe(false);
      for (const one of formsOf(service, elsewhere).slice(1)) expect(isSameHost(one, form, home)).toBe(false);
    }),
  );
});

test('a host is found in whatever form a URL has it, and not as a part of another name', () => {
  fc.assert(
    fc.property(written, label, ({ service, home, form }, other) => {
      expect(namesHost(`jdbc:postgresql://${form}:5432/orders?currentSchema=x`, service, home)).toBe(true);
      expect(namesHost(`postgresql://user:x@${form}/orders`, `${service}.${home}`, home)).toBe(true);
      expect(namesHost(`first-${other},${form}`, service, home)).toBe(true);
      for (const text of [`${other}-${service}`, `${service}-${other}`, `x.${other}.${service}`]) {
        expect(namesHost(text, service, home)).toBe(false);
      }
    }),
  );
});

test.each([
  ['db.example.com', 'DB.Example.com.', true],
  ['db.example.com', 'db', false],
  ['10.0.0.1', '10.0.0.1', true],
  ['localhost', 'localhost.', true],
])('outside of the cluster, %s and %s: %s', (one, other, same) => {
  expect(isSameHost(one, other, 'rhdh')).toBe(same);
});

test.each([
  ['db.rhdh.svc.cluster.local', 'db.rhdh'],
  ['db.rhdh.svc', 'db.rhdh'],
  ['db.rhdh', 'db.rhdh'],
  ['db.other.svc.cluster.local', 'db.other'],
  ['db', 'db.rhdh'],
  ['db.example.com', 'db.example.com'],
  ['fe80::1', 'fe80::1'],
  ['[::1]', '[::1]'],
])('%s is %s to those in the namespace rhdh', (host, canonical) => {
  expect(canonicalHost(host, 'rhdh')).toBe(canonical);
});
