import * as fc from 'fast-check';
import { copyJson, toJsonText } from '.';

test('a whole number beyond a double keeps its digits, wherever it stands', () => {
  expect(toJsonText({ a: [1n, { b: 18446744073709551615n }] })).toBe('{"a":[1,{"b":18446744073709551615}]}');
});

test('all else is as JSON.stringify writes it', () => {
  fc.assert(
    fc.property(fc.anything({ withDate: true, withNullPrototype: true }), (value) => {
      fc.pre(typeof value !== 'symbol' && JSON.stringify(value) !== undefined);
      expect(toJsonText(value)).toBe(JSON.stringify(value));
      expect(toJsonText([value, 1n])).toBe(`${JSON.stringify([value]).slice(0, -1)},1]`);
    }),
  );
});

test('a copy is what JSON would give back, and shares nothing', () => {
  const value = { a: [undefined, 1n], b: undefined, c: { ['__proto__']: 1 }, d: null };
  const copy = copyJson(value);
  expect(copy).toEqual({ a: [null, 1n], c: { ['__proto__']: 1 }, d: null });
  expect(Object.keys(copy.c)).toEqual(['__proto__']);
  expect(copy.a).not.toBe(value.a);
});
