import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeKustomization } from './kustomization.mjs';
import { inTurn, run } from './measure.mjs';

const NODE = process.execPath;
const FLOOR = { command: () => [NODE, '-e', '0'] };
const bin = (root, name) => join(root, 'node_modules', '.bin', name);
const kustomize = (folder) => ({ command: () => ['kubectl', 'kustomize', folder] });

/** One hub, the whole process: from TypeScript beside stock cdk8s, and compiled beside kustomize. */
export function oneHub({ root, workspace, repetitions }) {
  const app = join(workspace, 'app');
  run([NODE, join(root, 'scripts', 'compile.mjs'), join(root, 'main.ts'), app]);
  const ours = writeKustomization(join(root, 'dist'), join(workspace, 'dist'));
  const upstream = join(root, '..', 'shared', 'upstream', 'lab');
  const lab = existsSync(upstream) ? writeKustomization(upstream, join(workspace, 'lab')) : undefined;
  const outdir = (folder) => ({ CDK8S_OUTDIR: folder });
  const stock = ['synth', '--no-check-upgrade', '--app', `${bin(root, 'ts-node')} main.ts`];

  const source = inTurn(
    {
      floor: FLOOR,
      ours: { command: () => [NODE, join(root, 'scripts', 'synth.mjs')], env: outdir },
      stock: { command: (folder) => [NODE, bin(root, 'cdk8s'), ...stock, '--output', folder] },
    },
    repetitions,
    workspace,
  );
  const compiled = inTurn(
    {
      floor: FLOOR,
      ours: { command: () => [NODE, join(app, 'main.js')], env: outdir },
      dist: kustomize(ours.folder),
      ...(lab && { lab: kustomize(lab.folder) }),
    },
    repetitions,
    workspace,
  );
  const besideKustomize = (peer, name, { objects }) => ({
    what: 'one hub, compiled',
    took: compiled.ours.process,
    peer: `\`kubectl kustomize\` of ${name}, ${objects} objects`,
    peerTook: compiled[peer].process,
    floor: compiled.floor.process,
    goal: 2,
  });
  return {
    rows: [
      {
        what: 'one hub, `npm run synth` from TypeScript',
        took: source.ours.process,
        peer: '`cdk8s synth` with ts-node',
        peerTook: source.stock.process,
        floor: source.floor.process,
        goal: 0.15,
      },
      ...(lab ? [besideKustomize('lab', "the lab's manifests", lab)] : []),
      besideKustomize('dist', 'the same objects', ours),
    ],
    notes: [
      `Kustomize refuses an object that stands twice. Left out of dist/: ${ours.leftOut.join('; ')}.`,
      ...(lab
        ? [`Left out of the lab's manifests: ${lab.leftOut.join('; ')}.`]
        : ["The lab's manifests were not at hand."]),
    ],
  };
}

/** Many hubs in one process, a folder each. */
export function fleet({ root, workspace, repetitions }) {
  const synth = (count) => ({
    command: (folder) => [
      NODE,
      join(root, 'scripts', 'synth.mjs'),
      join(root, 'bench', 'apps', 'fleet.ts'),
      count,
      folder,
    ],
    report: true,
  });
  const sample = join(workspace, 'fleet');
  run(synth('1').command(sample));
  const hub = writeKustomization(join(sample, 'team-0001'), join(workspace, 'hub'));
  const counts = { ten: synth('10'), hundred: synth('100'), thousand: synth('1000') };
  const { floor, peer, ten, hundred, thousand } = inTurn(
    { floor: FLOOR, peer: kustomize(hub.folder), ...counts },
    repetitions,
    workspace,
  );
  const linear = (what, more, less, peer, goal) => ({
    what: `${what}, without loading`,
    took: more.milliseconds,
    peer: `${peer}, without loading`,
    peerTook: less.milliseconds,
    floor: floor.process,
    goal,
  });
  return {
    rows: [
      linear('100 hubs of five stages', hundred, ten, '10 hubs'),
      linear('1,000 hubs of five stages', thousand, hundred, '100 hubs', 11),
      {
        what: '1,000 hubs of five stages, from TypeScript',
        took: thousand.process,
        peer: `1,000 times \`kubectl kustomize\` of one hub, ${hub.objects} objects (median times 1,000)`,
        peerTook: 1000 * peer.process,
        floor: floor.process,
        goal: 0.25,
      },
    ],
    notes: [
      `Most memory of the process (maximum resident set): 10 hubs ${ten.memory.toFixed(0)} MiB, ` +
        `100 hubs ${hundred.memory.toFixed(0)} MiB, 1,000 hubs ${thousand.memory.toFixed(0)} MiB.`,
      `Left out of the fleet's hub for kustomize: ${hub.leftOut.join('; ')}.`,
    ],
  };
}

/** Twice the stages in one app: `HubApp`, and `App` beside it. */
export function stages({ root, workspace, repetitions }) {
  const synth = (kind, charts) => ({
    command: (folder) => [
      ...[NODE, join(root, 'scripts', 'synth.mjs'), join(root, 'bench', 'apps', 'charts.ts')],
      ...[kind, charts, folder],
    ],
    report: true,
  });
  const { floor, ...took } = inTurn(
    {
      floor: FLOOR,
      hub4: synth('HubApp', '4'),
      hub8: synth('HubApp', '8'),
      app4: synth('App', '4'),
      app8: synth('App', '8'),
    },
    repetitions,
    workspace,
  );
  const twice = (kind, eight, four, goal) => ({
    what: `${kind}, 8 stages of 60 objects, without loading`,
    took: eight.milliseconds,
    peer: '4 stages of 60 objects, without loading',
    peerTook: four.milliseconds,
    floor: floor.process,
    goal,
  });
  return {
    rows: [twice('`HubApp`', took.hub8, took.hub4, 2.5), twice("cdk8s' own `App`", took.app8, took.app4)],
    notes: [],
  };
}
