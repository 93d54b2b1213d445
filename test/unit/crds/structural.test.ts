import type { Schema } from './schema';
import { structuralProblems } from './structural';

const problems = (child: Schema) =>
  structuralProblems({
    type: 'object',
    description: 'Root.',
    properties: { a: { description: 'A.', ...child } },
  });

describe('structuralProblems', () => {
  test.each<[string, Schema]>([
    ['a typed field', { type: 'string' }],
    ['an untyped field that preserves everything', { 'x-kubernetes-preserve-unknown-fields': true }],
    ['an int-or-string', { 'x-kubernetes-int-or-string': true }],
    ['a map', { type: 'object', additionalProperties: { type: 'string', description: 'Value.' } }],
  ])('finds nothing in %s', (_, child) => {
    expect(problems(child)).toEqual([]);
  });

  test.each<[string, Schema, string[]]>([
    ['a missing type', {}, ['.a: has no type']],
    ['a missing description', { type: 'string', description: '' }, ['.a: has no description']],
    [
      'an int-or-string with a type',
      { type: 'string', 'x-kubernetes-int-or-string': true },
      ['.a: is int-or-string and has a type'],
    ],
    [
      'an array without items',
      { type: 'array' },
      ['.a: is an array without items, or has items but is none'],
    ],
    [
      'a required field that is not described',
      { type: 'object', required: ['b'] },
      ['.a: requires b, which it does not describe'],
    ],
    [
      'properties beside additionalProperties',
      { type: 'object', properties: {}, additionalProperties: { type: 'string', description: 'Value.' } },
      ['.a: has properties and additionalProperties'],
    ],
    [
      'an optional list map key',
      {
        type: 'array',
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['b'],
        items: {
          type: 'object',
          description: 'Item.',
          properties: { b: { type: 'string', description: 'B.' } },
        },
      },
      ['.a: has the list map key b, which is optional'],
    ],
    ['a mistake below a list', { type: 'array', items: { type: 'string' } }, ['.a[]: has no description']],
  ])('finds %s', (_, child, expected) => {
    expect(problems(child)).toEqual(expected);
  });

  test('finds a root that is not an object', () => {
    expect(structuralProblems({ type: 'string', description: 'Root.' })).toEqual(['root: is not an object']);
  });
});
