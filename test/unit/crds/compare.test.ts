import { compareVersion } from './compare';
import { widgetCrd } from './fixture';
import type { Schema } from './schema';

const referenceSpec: Schema = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string', maxLength: 10 },
    kind: { type: 'string', enum: ['a', 'b'] },
    list: { type: 'array', 'x-kubernetes-list-type': 'atomic', items: { type: 'integer', format: 'int32' } },
    on: { type: 'boolean', default: true },
    more: { type: 'object', required: ['a'], properties: { a: { type: 'string' } } },
  },
};
const reference = widgetCrd(referenceSpec);
const differences = (properties: Record<string, Schema>, required = ['name']) =>
  compareVersion(
    widgetCrd({ type: 'object', required, properties: { name: { type: 'string' }, ...properties } }),
    reference,
    'v1',
  );

describe('compareVersion', () => {
  test('finds nothing in a schema that says less', () => {
    expect(differences({ kind: { type: 'string', enum: ['b', 'a'] } })).toEqual([]);
  });

  test('lets a node that preserves unknown fields leave out what is below it', () => {
    expect(differences({ more: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } })).toEqual(
      [],
    );
  });

  test.each<[string, Record<string, Schema>, string]>([
    ['an unknown field', { other: { type: 'string' } }, '.spec.other: unknown in the reference'],
    [
      'another type',
      { on: { type: 'string', default: true } },
      '.spec.on: type is "string", in the reference "boolean"',
    ],
    [
      'another default',
      { on: { type: 'boolean' } },
      '.spec.on: default is not stated, in the reference true',
    ],
    [
      'another enumeration',
      { kind: { type: 'string', enum: ['a'] } },
      '.spec.kind: enum is ["a"], in the reference ["a","b"]',
    ],
    [
      'a limit of its own',
      { name: { type: 'string', maxLength: 9 } },
      '.spec.name: maxLength is 9, in the reference 10',
    ],
    [
      'another requirement',
      { more: { type: 'object', properties: { a: { type: 'string' } } } },
      '.spec.more: required is not stated, in the reference ["a"]',
    ],
    [
      'another way of merging',
      { list: { type: 'array', items: { type: 'integer', format: 'int32' } } },
      '.spec.list: x-kubernetes-list-type is not stated, in the reference "atomic"',
    ],
    [
      'another format below a list',
      { list: { type: 'array', 'x-kubernetes-list-type': 'atomic', items: { type: 'integer' } } },
      '.spec.list[]: format is not stated, in the reference "int32"',
    ],
  ])('finds %s', (_, properties, problem) => {
    expect(differences(properties)).toEqual([problem]);
  });

  test('refuses a version that one side lacks', () => {
    expect(() => compareVersion(reference, reference, 'v2')).toThrow('widgets.example.org has no version v2');
  });
});
