import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { TestFolder } from '../../test/unit/folder';
import { endsWithReport } from './ends-with-report';

const folder = new TestFolder();

/** What a program of the library prints as errors, and its exit code. */
function run(body: string) {
  const program = folder.write(
    'app.ts',
    `import { HubApp } from ${JSON.stringify(join(__dirname, '..'))};\n${body}`,
  );
  const outfile = join(folder.path, 'app.js');
  buildSync({ entryPoints: [program], outfile, bundle: true, platform: 'node', packages: 'external' });
  const env = { ...process.env, NODE_PATH: join(__dirname, '../../node_modules') };
  const { status, stderr } = spawnSync(process.execPath, [outfile], { encoding: 'utf8', env });
  return { status, stderr };
}

test('an app that nobody catches ends with its report and exit code 1, without a stack', () => {
  expect(run(`new HubApp({ outdir: ${JSON.stringify(folder.path)} }).synth();`)).toEqual({
    status: 1,
    stderr: [
      'The app has 1 problem; nothing was written.',
      '  [app] app/empty: the app has no stage with an object, and synthesis would remove all files of an earlier one; add a Stage with a hub',
      '',
    ].join('\n'),
  });
});

test('another error that nobody catches ends as it would have', () => {
  const { status, stderr } = run(
    `try { new HubApp({ outdir: ${JSON.stringify(folder.path)} }).synth(); } catch {}\nthrow new Error('mine');`,
  );
  expect(status).not.toBe(0);
  expect(stderr).toContain('Error: mine');
  expect(stderr).not.toContain('app/empty');
});

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
