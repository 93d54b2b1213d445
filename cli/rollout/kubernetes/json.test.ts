import fc from 'fast-check';
import { jsonOf, parseJson } from './json';

test('whole numbers keep all their digits, there and back', () => {
  const text = '{"a":[9007199254740993,-9223372036854775808],"b":"9007199254740993","c":1.5}';
  expect(parseJson(text)).toEqual({
    a: [9007199254740993n, -9223372036854775808n],
    b: '9007199254740993',
    c: 1.5,
  });
  expect(jsonOf(parseJson(text))).toBe(text);
});

test.each(['{"a":0.12345678901234567}', '{"a":12345678901234567e3}', '{"a":"x"}', '[]'])(
  '%s is read as JSON.parse does',
  (text) => {
    expect(parseJson(text)).toEqual(JSON.parse(text));
  },
);

test('any value is read as JSON.parse does, but for the digits', () => {
  const digits = fc.stringMatching(/^[1-9]\d{15}$/);
  fc.assert(
    fc.property(fc.json(), digits, (text, more) => {
      const document = `[${text},${JSON.stringify(more)}]`;
      expect(JSON.parse(jsonOf(parseJson(document)))).toEqual(JSON.parse(document));
    }),
  );
});
