import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { LeaseServer } from '../../../test/unit/lease-server';
import { newLease } from './lease';
import { acquireLock, LockedError, LockLostError, type Lock } from './lock';

let server: LeaseServer;
beforeEach(() => {
  jest.useFakeTimers({ now: Date.parse('2026-01-31T22:30:00Z') });
  server = new LeaseServer();
});
afterEach(() => jest.useRealTimers());

const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
const namespaceOfProcesses = readlinkSync('/proc/self/ns/pid');
/** Above the largest process id of Linux (proc(5), pid_max). */
const noProcess = 4_194_305;

/** The lock as another process has it. */
function heldBy(written: string, secondsAgo = 0): void {
  const lease = newLease('rhdh', server.now() - secondsAgo * 1000);
  server.lease = {
    ...lease,
    metadata: {
      ...lease.metadata,
      annotations: { 'cdk8s-rhdh/process': written },
      resourceVersion: 'theirs',
    },
    spec: { ...lease.spec, holderIdentity: 'alice' },
  };
}

/** What a lock is told when it wants to write. */
const confirmation = (lock: Lock) =>
  lock.confirmed().then(
    () => 'held',
    (error: Error) => (error instanceof LockLostError ? error.message : Promise.reject(error)),
  );

const lostBecause = (why: string) =>
  `the lock was lost: ${why}. Look at \`cdk8s-rhdh status\`, and run again.`;

test('a lock is renewed for as long as it is held', async () => {
  const lock = await acquireLock(server.api, 'rhdh');
  await jest.advanceTimersByTimeAsync(600_000);
  expect(await confirmation(lock)).toBe('held');
  expect(Date.parse(server.lease?.spec.renewTime)).toBeGreaterThan(server.now() - 11_000);
  await lock.release();
  expect(server.lease).toBeUndefined();
});

test('a lock that cannot be renewed is given up before it expires', async () => {
  const lock = await acquireLock(server.api, 'rhdh');
  server.failure = new Error('no route');
  await jest.advanceTimersByTimeAsync(24_000);
  expect(await confirmation(lock)).toBe('held');
  await jest.advanceTimersByTimeAsync(2_000);
  expect(await confirmation(lock)).toBe(lostBecause('it could not be renewed in time (no route)'));
  expect(lock.lost.aborted).toBe(true);
});

test('a write waits while the API server is away, and is done when nobody took the lock meanwhile', async () => {
  const lock = await acquireLock(server.api, 'rhdh');
  let back: () => void = () => undefined;
  const away = new Promise<void>((resolve) => (back = resolve));
  const send = server.send.bind(server);
  server.send = async (request) => {
    await away;
    return send(request);
  };
  await jest.advanceTimersByTimeAsync(100_000);
  const told: string[] = [];
  const confirmed = confirmation(lock).then((text) => told.push(text));
  await jest.advanceTimersByTimeAsync(1_000);
  expect(told).toEqual([]);
  back();
  await confirmed;
  expect(told).toEqual(['held']);
});

test('a laptop that slept loses its lock to who took it meanwhile, and takes nothing back', async () => {
  const lock = await acquireLock(server.api, 'rhdh');
  jest.setSystemTime(Date.now() + 3_600_000);
  heldBy('elsewhere');
  expect(await confirmation(lock)).toBe(lostBecause('alice has taken it'));
  await lock.release();
  expect(server.lease?.spec.holderIdentity).toBe('alice');
});

test('a laptop that slept keeps a lock that nobody wanted', async () => {
  const lock = await acquireLock(server.api, 'rhdh');
  jest.setSystemTime(Date.now() + 3_600_000);
  expect(await confirmation(lock)).toBe('held');
});

test('a lock whose Lease was deleted is lost', async () => {
  const lock = await acquireLock(server.api, 'rhdh');
  server.lease = undefined;
  await jest.advanceTimersByTimeAsync(11_000);
  expect(await confirmation(lock)).toBe(lostBecause('its Lease was deleted'));
});

test('a lock that somebody took between two renewals is not deleted at the end', async () => {
  const lock = await acquireLock(server.api, 'rhdh');
  heldBy('elsewhere');
  await lock.release();
  expect(server.lease?.spec.holderIdentity).toBe('alice');
});

test.each([-7_200_000, 7_200_000])(
  'a clock that is off by %d ms takes no lock that is held',
  async (error) => {
    server.now = () => Date.now() + error;
    const lock = await acquireLock(server.api, 'rhdh');
    await jest.advanceTimersByTimeAsync(60_000);
    const { metadata, ...lease } = server.lease!;
    server.lease = {
      ...lease,
      metadata: { ...metadata, annotations: { 'cdk8s-rhdh/process': 'elsewhere' } },
    };
    // Another machine, whose clock is right.
    const locked: unknown = await acquireLock(server.api, 'rhdh').catch((reason: unknown) => reason);
    expect(locked).toBeInstanceOf(LockedError);
    expect((locked as LockedError).expiresInSeconds).toBeGreaterThan(15);
    await lock.release();
  },
);

test('the holder is dead when its process is gone since this start of this machine', async () => {
  heldBy(`${bootId} ${namespaceOfProcesses} ${noProcess}`);
  await (await acquireLock(server.api, 'rhdh')).release();
  expect(server.lease).toBeUndefined();
});

test.each([
  ['is of another machine with the same name', `${hostname()} ${namespaceOfProcesses} ${noProcess}`],
  [
    'is of an earlier start of a machine',
    `0f0e0d0c-0000-4000-8000-000000000000 ${namespaceOfProcesses} ${noProcess}`,
  ],
  ['is of another container on this machine', `${bootId} pid:[1] ${noProcess}`],
  ['runs on this machine', `${bootId} ${namespaceOfProcesses} ${process.ppid}`],
  ['was told by a machine that has no boot id', `${hostname()} - ${noProcess}`],
  ['is nonsense', '\u0000'],
])('nothing is known of a holder that %s, so its lock has to expire', async (_, written) => {
  heldBy(written, 29);
  await expect(acquireLock(server.api, 'rhdh')).rejects.toThrow(
    'alice is rolling out into the namespace rhdh',
  );
  heldBy(written, 31);
  await (await acquireLock(server.api, 'rhdh')).release();
});
