import { endsWithReport } from './ends-with-report';

const listeners = () => process.listeners('uncaughtException');

afterEach(() => jest.restoreAllMocks());

test('an error that nobody caught ends the process with its report alone and exit code 1', () => {
  const before = listeners();
  const error = endsWithReport(new Error('The app has 1 problem; nothing was written.'));
  const [end] = listeners().filter((listener) => !before.includes(listener));
  const told = jest.spyOn(console, 'error').mockReturnValue();
  const exit = jest.spyOn(process, 'exit').mockReturnValue(undefined as never);

  end(error, 'uncaughtException');

  expect(told.mock.calls).toEqual([['The app has 1 problem; nothing was written.']]);
  expect(exit).toHaveBeenCalledWith(1);
  expect(listeners()).toEqual(before);
});

test('any other error is as it was, and after this turn nothing listens', async () => {
  await new Promise(setImmediate);
  const before = listeners();
  endsWithReport(new Error('report'));
  const [end] = listeners().filter((listener) => !before.includes(listener));
  expect(() => end(new Error('other'), 'uncaughtException')).toThrow('other');

  endsWithReport(new Error('report'));
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  expect(listeners()).toEqual(before);
});
