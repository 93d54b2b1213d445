import { digestOf } from './digest';

test('the order of keys does not matter, that of lists does', () => {
  expect(digestOf({ a: 1, b: { c: 2, d: 3 } })).toBe(digestOf({ b: { d: 3, c: 2 }, a: 1 }));
  expect(digestOf([1, 2])).not.toBe(digestOf([2, 1]));
});

test('whole numbers that a double cannot hold are told apart', () => {
  expect(digestOf({ a: 9007199254740993n })).not.toBe(digestOf({ a: 9007199254740992n }));
});

test('a digest is short and always the same', () => {
  // printf '{"a":1}' | sha256sum | cut -c 1-16
  expect(digestOf({ a: 1 })).toBe('015abd7f5cc57a2d');
});
