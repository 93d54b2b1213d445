import { whyUnreadable } from './why-unreadable';

test.each([
  [{ code: 'EACCES', message: 'no' }, 'you may not read it'],
  [{ code: 'ENOTDIR', message: 'no' }, 'there is no such file'],
  [{ code: 'EREMOTEIO', message: 'no' }, 'it cannot be read: EREMOTEIO'],
  [new Error('it is a pipe'), 'it is a pipe'],
])('%o is told in words', (error, words) => {
  expect(whyUnreadable(error)).toBe(words);
});
