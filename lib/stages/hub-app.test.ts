import { ApiObject, App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { join } from 'node:path';
import { TestFolder } from '../../test/unit/folder';
import { SonataFlowPlatform } from '../orchestrator/sonataflow-platform';
import { warn } from '../rules/warning';
import { CreateDatabase } from '../database/create-database';
import { serverIn } from '../../test/unit/servers';
import { objectOf } from '../../test/unit/stage';
import { HubApp, type HubAppProps } from './hub-app';
import { Stage } from './stage';
import { StageKind } from './stage-kind';

const folder = new TestFolder();
let apps = 0;

function newApp(): { app: HubApp; files: () => Record<string, string>; outdir: string } {
  const name = `app-${++apps}`;
  const outdir = join(folder.path, name);
  return { app: new HubApp({ outdir }), files: () => folder.files(name), outdir };
}

const stageIn = (scope: Construct, kind = StageKind.BACKSTAGE) =>
  new Stage(scope, kind, { namespace: 'rhdh' });
const configMap = (scope: Construct, name: string) =>
  new ApiObject(scope, name, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
const textOf = (name: string) =>
  `# Written by cdk8s-rhdh, which overwrites and removes it: change the app instead.\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: rhdh\n`;

test('every property reaches the app', () => {
  const props: Required<HubAppProps> = { outdir: 'elsewhere', keepFinishedJobs: true };
  expect(new HubApp(props).outdir).toBe('elsewhere');
});

test('the folder is dist unless cdk8s says otherwise', () => {
  expect(new HubApp().outdir).toBe(new App().outdir);
});

test('each stage with objects is a file, and a stage without is none', () => {
  const { app, files } = newApp();
  configMap(stageIn(app, StageKind.SONATAFLOW), 'b');
  configMap(stageIn(app, StageKind.POSTGRES), 'a');
  stageIn(app, StageKind.WORKFLOWS);
  app.synth();
  expect(files()).toEqual({ '0000-postgres.k8s.yaml': textOf('a'), '0300-sonataflow.k8s.yaml': textOf('b') });
});

test('charts inside other constructs are written too', () => {
  const { app, files } = newApp();
  const group = new Construct(app, 'group');
  configMap(stageIn(group), 'a');
  configMap(new Chart(group, '0250-more', { namespace: 'rhdh' }), 'b');
  app.synth();
  expect(files()).toEqual({ '0200-backstage.k8s.yaml': textOf('a'), '0250-more.k8s.yaml': textOf('b') });
});

test('the same app gives the same bytes again, and a second synthesis changes nothing', () => {
  const build = () => {
    const { app, files } = newApp();
    const stage = stageIn(app);
    new SonataFlowPlatform(stage, 'platform', { postgres: serverIn(stage) });
    app.synth();
    return { app, files };
  };
  const first = build();
  const second = build();
  expect(second.files()).toEqual(first.files());
  second.app.synth();
  expect(second.files()).toEqual(first.files());
});

test('one problem is reported in the singular, and the old bundles stay', () => {
  const { app, files, outdir } = newApp();
  folder.write(join(outdir.slice(folder.path.length + 1), '0200-backstage.k8s.yaml'), 'old');
  const stage = stageIn(app);
  configMap(stage, 'a');
  stage.node.addValidation({ validate: () => ['example/rule: is wrong; write it right'] });
  expect(() => app.synth()).toThrow(
    'The app has 1 problem; nothing was written.\n  [0200-backstage] example/rule: is wrong; write it right',
  );
  expect(files()).toEqual({ '0200-backstage.k8s.yaml': 'old' });
});

test('what would be written is told without writing it, and the same afterwards', () => {
  const { app, files, outdir } = newApp();
  configMap(stageIn(app), 'a');
  const summary = `${outdir}/0200-backstage.k8s.yaml\n    ConfigMap a\n  $ oc apply -f ${outdir}/0200-backstage.k8s.yaml\n`;
  expect(app.summary()).toBe(summary);
  expect(files).toThrow('ENOENT');
  app.synth();
  expect(app.summary()).toBe(summary);
});

test('warnings of all constructs are collected', () => {
  const { app } = newApp();
  warn(stageIn(app), 'mind the gap');
  expect(app.warnings).toEqual(['[0200-backstage] mind the gap']);
});

test('finished Jobs are deleted after a day, unless the app keeps them', () => {
  const job = (props: HubAppProps) => {
    const stage = new Stage(new HubApp(props), StageKind.POSTGRES, { namespace: 'rhdh' });
    new CreateDatabase(stage, 'database', {
      postgres: serverIn(stage),
      databaseName: 'a',
      jobName: 'create-a',
    });
    return objectOf(stage, 'Job').spec.ttlSecondsAfterFinished;
  };
  expect(job({})).toBe(86400);
  expect(job({ keepFinishedJobs: true })).toBeUndefined();
});
