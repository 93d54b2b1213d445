import * as fc from 'fast-check';
import { Size } from 'cdk8s';
import { CertificateAuthority, Credentials, DynamicPlugins, PostgresTls, RhdhRelease } from '..';
import { apiTypes } from './api-types';
import { find } from './mistakes';

const messages = (type: string, value: unknown) =>
  find(type, value, 'it').mistakes.map(({ message }) => message);

test.each<[string, unknown, string | RegExp]>([
  ['string', undefined, 'it is missing; write a text'],
  ['string', null, 'it is null; write a text'],
  ['string', 5, 'it is a number; write a text'],
  ['number', '5', "it is '5', a text; write a number"],
  ['number', Infinity, 'it is Infinity; write a number'],
  ['boolean', 'yes', "it is 'yes', a text; write true or false"],
  ['string[]', 'a', "it is 'a', a text; write a list of texts"],
  ['string[]', ['a', 1], 'it[1] is a number; write a text'],
  ['string{}', { a: 1 }, 'it.a is a number; write a text'],
  ['string{}', [], 'it is a list; write an object of texts'],
  ['any{}', { a: { b: [() => 1] } }, 'it.a.b[0] is a function; write what YAML can hold'],
  ['any{}', { a: 5n }, 'it.a is a bigint; write what YAML can hold'],
  ['PostgresTls', { mode: 'disable' }, /^it is an object; write PostgresTls\.disable\(\), /],
  ['PostgresTls', Size.gibibytes(1), /^it is a Size; write PostgresTls\.disable\(\), /],
  ['Credentials', 'hunter2', /^it is a text; write Credentials\.fromSecret\(…\), /],
  ['string[]', Array(1), 'it[0] is missing; write a text'],
  [
    'RhdhRelease',
    new (RhdhRelease as unknown as new (name: string) => object)('1.8'),
    /^it is a RhdhRelease; write RhdhRelease\.V1_7, /,
  ],
  [
    'CertificateAuthority',
    new (CertificateAuthority as unknown as new (name: string) => object)('ca'),
    /^it: new CertificateAuthority is private; write CertificateAuthority\.fromSecret\(…\) /,
  ],
  ['HubRoute', Size.gibibytes(1), 'it is a Size; write { enabled: …, host: …, subdomain: … }'],
  ['ProofExtent', 'all', "it is 'all', a text; write ProofExtent.FULL or ProofExtent.SAMPLE"],
  [
    'HubVariable',
    { name: 'A', value: 'b', Containers: [] },
    'it.Containers is no property of HubVariable; did you mean containers?',
  ],
])('%s: %p is told with what to write', (type, value, message) => {
  expect(messages(type, value)).toEqual([
    typeof message === 'string' ? message : expect.stringMatching(message),
  ]);
});

test('what refers to itself is told, not followed', () => {
  const self: Record<string, unknown> = {};
  self.inner = { self };
  expect(messages('any{}', self)).toContain(
    'it.inner.self.inner is inside itself; write it out, without the repetition',
  );
});

test('instances, interfaces that objects implement, and structs of classes are accepted', () => {
  class Route {
    get host() {
      return 'hub.example.com';
    }
  }
  expect(messages('PostgresTls', PostgresTls.require())).toEqual([]);
  expect(messages('IDynamicPluginsRoot', { claimName: 'a', maxReplicas: 1 })).toEqual([]);
  expect(messages('HubRoute', new Route())).toEqual([]);
});

test('a value made of wrong arguments tells them, however it was made on', () => {
  const wrong = DynamicPlugins.of({ plugins: 'a' as never })
    .withPlugins([])
    .withoutOrchestrator();
  expect(messages('DynamicPlugins', wrong)).toEqual([
    "it: DynamicPlugins.of: plugins is 'a', a text; write a list of { package: … }",
  ]);
  expect(messages('Credentials', Credentials.plainText(undefined as never))).toEqual([
    'it: Credentials.plainText: password is missing; write a text',
  ]);
});

test('any value is right for any type, or told', () => {
  const types = [
    'string',
    'number',
    'boolean',
    'any',
    'any{}',
    'string[]',
    ...Object.keys(apiTypes.structs),
    ...Object.keys(apiTypes.classes),
    ...Object.keys(apiTypes.enums),
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...types),
      fc.anything({ withBigInt: true, withDate: true, withMap: true }),
      (type, value) => {
        for (const message of messages(type, value)) {
          expect(message).toMatch(/^it.*(; write |; did you mean |; leave it out)/s);
        }
      },
    ),
    { numRuns: 2000 },
  );
});
