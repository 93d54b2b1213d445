import { durationOption, parseDuration } from './duration';

test.each([
  ['90s', 90_000],
  ['15m', 900_000],
  ['1h30m', 5_400_000],
  ['0.5m', 30_000],
  ['0s', 0],
])('%s is %d ms', (text, expected) => {
  expect(parseDuration(text)).toBe(expected);
});

test.each(['', '15', 'm', '15 m', '1h30', '-1m', '1d', '5m '])('%j is refused', (text) => {
  expect(() => parseDuration(text)).toThrow('Write it like 90s, 15m or 1h30m.');
});

test('an option shows its default as a person writes it', () => {
  const option = durationOption('--timeout <duration>', 'how long', '15m');
  expect([option.defaultValue, option.defaultValueDescription]).toEqual([900_000, '15m']);
});
