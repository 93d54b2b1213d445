import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Container, type ContainerProps } from './container';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'container-test-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const started: Container[] = [];
afterEach(async () => {
  for (const container of started.splice(0)) {
    container.signal('SIGKILL');
    await container.ended;
  }
});

async function start(script: string, props: Partial<ContainerProps> = {}): Promise<Container> {
  const container = await Container.start(
    {
      folder: join(folder, 'container'),
      command: ['bash', '-c', script],
      env: {},
      user: 1_000_660_000,
      log: join(folder, 'log'),
      ...props,
    },
    () => undefined,
  );
  started.push(container);
  return container;
}

async function run(script: string, props: Partial<ContainerProps> = {}) {
  const { ended } = await start(script, props);
  return { code: await ended, output: readFileSync(join(folder, 'log'), 'utf8') };
}

test('a container has its variables, user, working directory and host name, and is process 1', async () => {
  const props = { env: { GREETING: 'a\nb "c" $d' }, workingDir: '/opt/app', hostname: 'db-0' };
  expect(await run('echo "$GREETING"; id -u; id -g; id -un; pwd; hostname; echo $$', props)).toEqual({
    code: 0,
    output: 'a\nb "c" $d\n1000660000\n0\ncontainer\n/opt/app\ndb-0\n1\n',
  });
});

test("its volumes are this machine's files, behind a link too, and one that is read-only refuses writes", async () => {
  mkdirSync(join(folder, 'data'), { mode: 0o777 });
  writeFileSync(join(folder, 'token'), 'abc');
  const mounts = [
    { source: join(folder, 'data'), target: '/var/lib/somewhere/data' },
    { source: join(folder, 'token'), target: '/var/run/secrets/token', readOnly: true },
  ];
  const script =
    'cat /run/secrets/token && umask 0 && echo kept > /var/lib/somewhere/data/file && echo x > /var/run/secrets/token';
  const { code, output } = await run(`chmod 777 /nowhere; ${script}`, { mounts, user: 0 });
  expect({ code, output: output.split('\n').slice(1) }).toEqual({
    code: 1,
    output: ['abcbash: line 1: /var/run/secrets/token: Read-only file system', ''],
  });
  expect(readFileSync(join(folder, 'data/file'), 'utf8')).toBe('kept\n');
});

test('what it writes elsewhere is gone with it, and cannot be written at all on a read-only root', async () => {
  const script = 'echo x > /srv/file && cat /srv/file';
  expect(await run(`${script}; test ! -e ${folder}`, { user: 0 })).toEqual({ code: 0, output: 'x\n' });
  expect(() => readFileSync('/srv/file')).toThrow('no such file');
  rmSync(join(folder, 'log'));
  const readOnly = await run('for d in /srv /tmp; do echo x > $d/file; done', {
    folder: join(folder, 'again'),
    readOnlyRoot: true,
    user: 0,
  });
  expect(readOnly.output).toBe(
    ['/srv', '/tmp'].map((d) => `bash: line 1: ${d}/file: Read-only file system\n`).join(''),
  );
});

test('a signal reaches its first process, and a killed container leaves no process', async () => {
  const polite = await start('trap "exit 3" TERM; echo ready; sleep 1000 & wait');
  while (readFileSync(join(folder, 'log'), 'utf8') !== 'ready\n') await sleep(5);
  polite.signal('SIGTERM');
  expect(await polite.ended).toBe(3);
  const script =
    'sleep 54321 & sleep 54321 & until [ "$(pgrep -c sleep)" = 2 ]; do :; done; echo ready; wait';
  const stubborn = await start(script, {
    folder: join(folder, 'again'),
    log: join(folder, 'log-again'),
  });
  while (readFileSync(join(folder, 'log-again'), 'utf8') !== 'ready\n') await sleep(5);
  stubborn.signal('SIGTERM');
  expect((await stubborn.run(['pgrep', '-c', 'sleep'], 5)).output).toBe('2\n');
  stubborn.signal('SIGKILL');
  expect(await stubborn.ended).toBe(137);
});

test('a command runs inside it, with its variables and user, until its time is over', async () => {
  const container = await start('sleep 1000', { env: { A: '1' } });
  expect(await container.run(['sh', '-c', 'echo $A; id -u; exit 4'], 5)).toEqual({
    code: 4,
    output: '1\n1000660000\n',
  });
  expect((await container.run(['sleep', '1000'], 0.1)).code).toBe(124);
});
