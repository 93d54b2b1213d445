import { ApiError } from '../kubernetes/api-error';
import type { KubeObject } from '../kubernetes/object';
import { untilAdmitted } from './until-admitted';

const away = new ApiError(
  500,
  'InternalError',
  'Internal error occurred: failed calling webhook "x.example.com": failed to call webhook: Post "https://x.y.svc:443/?timeout=10s": no endpoints available for service "x"',
);
const configMap: KubeObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } };

/** Writes that end one after the other as told; an error is thrown. */
const writing = (...ends: unknown[]) => {
  const write = () => {
    const end = ends.shift();
    return end instanceof Error ? Promise.reject(end) : Promise.resolve(end);
  };
  return { write, left: ends };
};

const notes: string[] = [];
const options = (timeout = 60_000, signal = new AbortController().signal) => ({
  timeout,
  signal,
  listener: (event: { type: string; message?: string }) => notes.push(event.message ?? ''),
});

beforeEach(() => jest.useFakeTimers({ advanceTimers: 200 }));
afterEach(() => {
  jest.useRealTimers();
  notes.length = 0;
});

test('a webhook that is not up yet is waited for, and told of once', async () => {
  expect(await untilAdmitted(configMap, writing(away, away, 'written').write, options())).toBe('written');
  expect(notes).toEqual([`ConfigMap/settings waits for a webhook: ${away.message}`]);
});

test.each([
  [
    'that refuses',
    new ApiError(403, 'Forbidden', 'admission webhook "x.example.com" denied the request: no'),
  ],
  [
    'whose answer cannot be read',
    new ApiError(500, 'InternalError', 'failed calling webhook "x": invalid character'),
  ],
])('a webhook %s is not', async (_, error) => {
  const { write, left } = writing(error, 'written');
  await expect(untilAdmitted(configMap, write, options())).rejects.toBe(error);
  expect(left).toEqual(['written']);
});

test('the time ends the wait, and so does an interruption', async () => {
  await expect(untilAdmitted(configMap, writing(away).write, options(0))).rejects.toBe(away);
  await expect(
    untilAdmitted(configMap, writing(away).write, options(60_000, AbortSignal.abort())),
  ).rejects.toBe(away);
});
