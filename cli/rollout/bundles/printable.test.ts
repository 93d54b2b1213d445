import { printable } from './printable';

test('control and direction characters become escapes, all else stays', () => {
  expect(printable('a\u001b[31mb\u0007\u202ec\ufeff')).toBe('a\\u001b[31mb\\u0007\\u202ec\\ufeff');
  expect(printable('Größe 数据库 🐘')).toBe('Größe 数据库 🐘');
});
