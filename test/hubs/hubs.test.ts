import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Testing } from 'cdk8s';
import { parse } from 'yaml';
import { AdoptedHub, HubApp, RhdhRelease, Stage, StageKind } from '../../lib';
import { BackstageManifest } from '../../lib/hub/backstage-manifest';
import { fieldsLackedBy } from '../../lib/operators/release';
import { backstageDeployment } from '../cluster/operators/backstage-deployment';
import type { OperatorRelease } from '../cluster/operators/releases';
import { TestFolder } from '../unit/folder';
import { validateAgainstCrd } from '../unit/crds/validate';
import { databases } from './databases';
import { asPostgres, oldServerOf } from './old-server';
import { libpqLogin, loginOf } from './pod-environment';
import { withoutDatabase } from './without-database';

const folder = new TestFolder();
const shapes = join(__dirname, 'shapes');
const crd = readFileSync('crds/backstage.yaml', 'utf8');
const { V1_7, V1_8, V1_9, V1_10, V2_0 } = RhdhRelease;
const releases = [V1_7, V1_8.withZStream('1.8.7'), V1_9, V1_10, V2_0];

/** The resource of a shape; where the release does not serve its version, in that of the release, as the report says. */
function textFor(shape: string, release: RhdhRelease): string {
  const text = readFileSync(join(shapes, shape, 'backstage.yaml'), 'utf8');
  const { apiVersion } = parse(text);
  return release.servedApiVersions.includes(apiVersion) ? text : text.replace(apiVersion, release.apiVersion);
}

/** Adopts a hub, and gives the rules that refuse it and the resource of the bundle. */
function adopted(shape: string, release: RhdhRelease, database: string) {
  const file = (name: string) => {
    const path = join(shapes, shape, name);
    return existsSync(path) ? path : undefined;
  };
  const appConfig = file('app-config.yaml');
  const app = new HubApp({ outdir: join(folder.path, 'dist') });
  const stage = new Stage(app, StageKind.BACKSTAGE, { namespace: 'rhdh' });
  const hub = new AdoptedHub(stage, 'hub', {
    release,
    backstageFile: folder.write('backstage.yaml', textFor(shape, release)),
    dynamicPluginsFile: file('dynamic-plugins.yaml'),
    appConfigFiles: appConfig === undefined ? undefined : [appConfig],
    orchestratorElsewhere: true,
  });
  const old = oldServerOf(join(shapes, shape));
  hub.connect(databases[database](stage), old && { from: asPostgres(stage, old) });
  const problems = app.node.findAll().flatMap(({ node }) => node.validate());
  return {
    problems,
    backstage:
      problems.length > 0 ? undefined : Testing.synth(stage).find(({ kind }: any) => kind === 'Backstage'),
  };
}

/** Nothing said means no TLS to the hub. */
const modes: Readonly<Record<string, string>> = {
  'keys of the hub, no TLS': '=disable',
  'keys of CloudNativePG, TLS': '=no-verify',
  'keys of the hub, verified TLS': '=verify-full',
};

/** What containers that connect by libpq on their own get, by shape. */
const libpqLogins: Readonly<Record<string, (mapped: boolean) => unknown[]>> = {
  'external-whole-secret': () => [
    { container: 'wait-for-database', PGHOST: '=pg.example.com', PGPORT: '=5433', PGDATABASE: '=postgres' },
  ],
  'external-single-keys': (mapped) => [
    {
      container: 'exporter',
      PGHOST: mapped ? 'new-login/POSTGRES_HOST' : '=pg.example.com',
      PGPORT: mapped ? 'new-login/POSTGRES_PORT' : '=5433',
      PGUSER: 'new-login/POSTGRES_USER',
      PGPASSWORD: 'new-login/POSTGRES_PASSWORD',
      PGDATABASE: '=postgres',
    },
  ],
};

const ruleOf = (problem: string) => problem.slice(0, problem.indexOf(': '));

/** The rules that must refuse a hub, as its `refused.json` says. */
function refusals(shape: string, release: RhdhRelease, database: string): string[] {
  const path = join(shapes, shape, 'refused.json');
  const said: Record<string, string[]> = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  return [
    ...(said['*'] ?? []),
    ...(said[release.name] ?? []),
    ...(said[`${release.name} ${database}`] ?? []),
    ...(said[`* ${database}`] ?? []),
  ].sort();
}

describe.each(readdirSync(shapes))('%s', (shape) => {
  const file = parse(readFileSync(join(shapes, shape, 'backstage.yaml'), 'utf8'));

  describe.each(releases.map((release) => [release.name, release] as const))('in RHDH %s', (_, release) => {
    test.each(Object.keys(databases))('with %s', async (database) => {
      const { problems, backstage } = adopted(shape, release, database);
      const expected = refusals(shape, release, database);
      expect([...new Set(problems.map(ruleOf))].sort()).toEqual([...new Set(expected)]);
      if (expected.length > 0) return;
      expect(withoutDatabase(backstage)).toEqual(withoutDatabase(file));
      const manifest = new BackstageManifest(backstage);
      expect(fieldsLackedBy(backstage.apiVersion).filter((path) => manifest.has(path))).toEqual([]);
      if (!/v1alpha[12]$/.test(backstage.apiVersion)) expect(validateAgainstCrd(backstage, crd)).toEqual([]);
      const deployment = await backstageDeployment(release.name as OperatorRelease, backstage, 'hash');
      const hub = deployment.spec.template.spec.containers.filter(
        ({ name }: any) => name === 'backstage-backend',
      );
      const mapped = database.startsWith('keys of CloudNativePG');
      expect(hub.map(loginOf)).toEqual([
        {
          POSTGRES_HOST: mapped ? 'new-login/POSTGRES_HOST' : '=pg.example.com',
          POSTGRES_PORT: mapped ? 'new-login/POSTGRES_PORT' : '=5433',
          POSTGRES_USER: 'new-login/POSTGRES_USER',
          POSTGRES_PASSWORD: 'new-login/POSTGRES_PASSWORD',
          PGSSLMODE: modes[database],
        },
      ]);
      const { containers, initContainers = [] } = deployment.spec.template.spec;
      expect([...containers, ...initContainers].flatMap(libpqLogin)).toEqual(
        libpqLogins[shape]?.(mapped) ?? [],
      );
      const { host, secret, authority } = oldServerOf(join(shapes, shape)) ?? {};
      const named = [host, secret, authority].filter((name) => name !== undefined);
      expect(named.filter((name) => JSON.stringify(deployment).includes(name))).toEqual([]);
    });
  });
});
