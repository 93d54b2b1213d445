import { ApiError } from './api-error';
import { retryOnConflict } from './retry-on-conflict';

const conflict = (reason?: string) => new ApiError(409, 'Conflict', 'conflict', reason ? [{ reason }] : []);

const failing = (times: number, error: Error) => {
  const work: jest.Mock<Promise<string>, []> = jest.fn(() =>
    work.mock.calls.length > times ? Promise.resolve('done') : Promise.reject(error),
  );
  return work;
};

test('a write that somebody else was faster with is tried again, ten times at most', async () => {
  const late = failing(9, conflict());
  await expect(retryOnConflict(late)).resolves.toBe('done');
  const never = failing(10, conflict());
  await expect(retryOnConflict(never)).rejects.toThrow('conflict');
  expect(never).toHaveBeenCalledTimes(10);
});

test('a field that somebody else owns, and any other refusal, is not asked for again', async () => {
  for (const error of [conflict('FieldManagerConflict'), new ApiError(422, 'Invalid', 'invalid')]) {
    const work = failing(1, error);
    await expect(retryOnConflict(work)).rejects.toBe(error);
    expect(work).toHaveBeenCalledTimes(1);
  }
});
