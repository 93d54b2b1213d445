import { printable } from './printable';

test('control and direction characters become escapes, all else stays', () => {
  expect(printable('a\u001b[31mb\u0007\u202ec\ufeff\u009b\n')).toBe(
    'a\\u001b[31mb\\u0007\\u202ec\\ufeff\\u009b\\u000a',
  );
  expect(printable('\u{e0041}\u061c')).toBe('\\udb40\\udc41\\u061c');
  expect(printable('Größe 数据库 🐘')).toBe('Größe 数据库 🐘');
});
