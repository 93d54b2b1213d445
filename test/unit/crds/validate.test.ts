import { widget, widgetCrdYaml } from './fixture';
import type { Schema } from './schema';
import { validateAgainstCrd } from './validate';

const widgetSpec: Schema = {
  type: 'object',
  required: ['size'],
  properties: {
    size: { type: 'integer', format: 'int32' },
    colour: { type: 'string', enum: ['red', 'green'] },
    note: { type: 'string', nullable: true },
    port: { 'x-kubernetes-int-or-string': true },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    patch: { 'x-kubernetes-preserve-unknown-fields': true },
    open: {
      type: 'object',
      'x-kubernetes-preserve-unknown-fields': true,
      properties: { on: { type: 'boolean' } },
    },
    closed: { type: 'object' },
    count: { type: 'object', required: ['of'], properties: { of: { type: 'integer', default: 1 } } },
    env: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      items: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
    },
  },
};
const validate = (spec: unknown) => validateAgainstCrd(widget(spec), widgetCrdYaml(widgetSpec));

describe('validateAgainstCrd', () => {
  test.each([
    ['the required field alone', { size: 1 }],
    ['a value of an enumeration', { size: 1, colour: 'green' }],
    ['null where it is allowed', { size: 1, note: null }],
    ['an integer for int-or-string', { size: 1, port: 80 }],
    ['a string for int-or-string', { size: 1, port: 'http' }],
    ['any key of a map', { size: 1, labels: { any: 'thing' } }],
    [
      'anything where unknown fields are preserved',
      { size: 1, patch: { any: [1] }, open: { on: true, any: 1 } },
    ],
    ['a missing required field that has a default', { size: 1, count: {} }],
    ['items with different keys', { size: 1, env: [{ name: 'a' }, { name: 'b' }] }],
  ])('accepts %s', (_, spec) => {
    expect(validate(spec)).toEqual([]);
  });

  test.each([
    ['an unknown field', { size: 1, sise: 2 }, ['spec.sise: unknown field']],
    [
      'an unknown field of a list item',
      { size: 1, env: [{ name: 'a', v: 1 }] },
      ['spec.env.0.v: unknown field'],
    ],
    [
      'a field of an object that describes none',
      { size: 1, closed: { a: 1 } },
      ['spec.closed.a: unknown field'],
    ],
    ['a wrong type', { size: '1' }, ['spec.size: must be integer']],
    ['an integer beyond its format', { size: 2 ** 31 }, ['spec.size: must match format "int32"']],
    ['a missing required field', {}, ['spec.size: required']],
    [
      'null where it is not allowed',
      { size: 1, colour: null },
      ['spec.colour: must be string', 'spec.colour: must be one of red, green'],
    ],
    [
      'a value beside an enumeration',
      { size: 1, colour: 'blue' },
      ['spec.colour: must be one of red, green'],
    ],
    ['a wrong type in a map', { size: 1, labels: { a: 1 } }, ['spec.labels.a: must be string']],
    [
      'a wrong type beside preserved fields',
      { size: 1, open: { on: 'yes' } },
      ['spec.open.on: must be boolean'],
    ],
    [
      'two items with one key',
      { size: 1, env: [{ name: 'a' }, { name: 'a' }] },
      ['spec.env: has two items with the same key'],
    ],
    [
      'all problems at once',
      { colour: 'blue', a: 1 },
      ['spec.size: required', 'spec.a: unknown field', 'spec.colour: must be one of red, green'],
    ],
  ])('reports %s', (_, spec, problems) => {
    expect(validate(spec)).toEqual(problems);
  });

  test('reports a version that is not served, with those that are', () => {
    expect(
      validateAgainstCrd({ ...widget({}), apiVersion: 'example.org/v0' }, widgetCrdYaml(widgetSpec)),
    ).toEqual(['apiVersion: v0 is not served, but v1']);
  });

  test('reports an object of another kind', () => {
    expect(validateAgainstCrd({ apiVersion: 'v1', kind: 'Secret' }, widgetCrdYaml(widgetSpec))).toEqual([
      'v1 Secret is not a Widget of example.org',
    ]);
  });

  test('leaves the object as it was', () => {
    const object = widget({ size: 1, count: {} });
    validateAgainstCrd(object, widgetCrdYaml(widgetSpec));
    expect(object).toEqual(widget({ size: 1, count: {} }));
  });
});
