import { parse } from 'yaml';
import { RhdhRelease } from '../..';
import { Environment } from '../../configuration/environment';
import { BackstageManifest } from '../backstage-manifest';
import { containerSelectors, unknownContainers } from './container-selectors';
import { hubContainers } from './hub-containers';

const manifestOf = (spec: string) => new BackstageManifest({ spec: parse(spec) });

/** What Backstage reads as a variable. */
function variable(spec: string, release: RhdhRelease, name: string) {
  const container = hubContainers(manifestOf(spec), release).find((one) => one.name === 'backstage-backend')!;
  return new Environment(container, { of: () => undefined }, () => []).get(name);
}

const releases = [RhdhRelease.V1_8, RhdhRelease.V1_9, RhdhRelease.V1_10, RhdhRelease.V2_0];

test.each(releases)(
  'of two variables of one name the later one wins in RHDH $name, wherever they stand',
  (release) => {
    const env = (text: string) => variable(text, release, 'HOST');
    expect(
      env('application: { extraEnvs: { envs: [{ name: HOST, value: a }, { name: HOST, value: b }] } }'),
    ).toBe('b');
    const patch = `deployment: { patch: { spec: { template: { spec: { containers: [{ name: backstage-backend,
    env: [{ name: HOST, value: a }] }] } } } } }`;
    expect(env(`{ ${patch}, application: { extraEnvs: { envs: [{ name: HOST, value: b }] } } }`)).toBe('b');
  },
);

test('from 1.9 on a variable takes the place of the one before, so that those after it read its value', () => {
  const spec = `deployment: { patch: { spec: { template: { spec: { containers: [{ name: backstage-backend,
    env: [{ name: HOST, value: a }, { name: URL, value: $(HOST):5432 }] }] } } } } }
application: { extraEnvs: { envs: [{ name: HOST, value: b }] } }`;
  expect(releases.map((release) => variable(spec, release, 'URL'))).toEqual([
    'a:5432',
    'b:5432',
    'b:5432',
    'b:5432',
  ]);
});

const selectors = manifestOf(`
application:
  appConfig: { configMaps: [{ name: a, containers: [backstage-backend] }] }
  extraEnvs: { envs: [{ name: A, value: b, containers: [side] }], secrets: [{ name: b, containers: ['*'] }] }
  extraFiles: { pvcs: [{ name: c, containers: [lightspeed-core, install-dynamic-plugins] }] }
deployment: { patch: { spec: { template: { spec: { containers: [{ name: own }] } } } } }
`);

test('each list of containers in the resource is found', () => {
  expect(containerSelectors(selectors).map(({ path }) => path)).toEqual([
    'spec.application.appConfig.configMaps[0].containers',
    'spec.application.extraEnvs.envs[0].containers',
    'spec.application.extraEnvs.secrets[0].containers',
    'spec.application.extraFiles.pvcs[0].containers',
  ]);
});

test.each([
  [
    RhdhRelease.V1_9,
    [
      'extraEnvs.envs[0].containers names container side',
      'extraFiles.pvcs[0].containers names container lightspeed-core',
    ],
  ],
  [RhdhRelease.V1_10, ['extraEnvs.envs[0].containers names container side']],
])('a container that the pod of RHDH $name lacks is told', (release, told) => {
  expect(
    unknownContainers(selectors, release, hubContainers(selectors, release)).map(
      (line) => line.split(',')[0],
    ),
  ).toEqual(told.map((text) => `spec.application.${text}`));
});
