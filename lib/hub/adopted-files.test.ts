import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AdoptedHub,
  type AdoptedHubProps,
  Credentials,
  ExternalPostgres,
  HubApp,
  PostgresAddress,
  PostgresTls,
  RhdhRelease,
  Stage,
  StageKind,
} from '..';
import { TestFolder } from '../../test/unit/folder';
import { objectsOf } from '../../test/unit/stage';
import { problemsOf } from '../../test/unit/valid-app';

const folder = new TestFolder();
let files = 0;

/** Writes a file in a folder of its own, so that names of files can be told. */
const file = (text: string, name = 'hub.yaml') => folder.write(join(String((files += 1)), name), text);

function adopt(props: Omit<AdoptedHubProps, 'release'>) {
  const app = new HubApp({ outdir: join(folder.path, `dist-${(files += 1)}`) });
  const stage = new Stage(app, StageKind.BACKSTAGE, { namespace: 'rhdh' });
  const hub = new AdoptedHub(stage, 'hub', { release: RhdhRelease.V1_8, ...props });
  hub.connect(
    new ExternalPostgres(stage, 'postgres', {
      address: PostgresAddress.fromHost('db.example.com'),
      tls: PostgresTls.require(),
      credentials: Credentials.fromSecret('login'),
    }),
  );
  const short = (line: string) =>
    line.replace(/^\[[^\]]+\] (hub\/input: )?/, '').replaceAll(`${folder.path}/`, '');
  return {
    outdir: app.outdir,
    objects: () => objectsOf(stage),
    problems: () => problemsOf(app).map((line) => short(line).replace(/(?<=^|of )\d+\//, '')),
    warnings: () => app.warnings.map((line) => short(line).replace(/^\d+\//, '')),
  };
}

const hub = `apiVersion: rhdh.redhat.com/v1alpha4
kind: Backstage
metadata: { name: hub }
spec:
  application:
    dynamicPluginsConfigMapName: plugins
    appConfig: { configMaps: [{ name: config }, { name: more, key: more.yaml }] }
`;
const configMap = (name: string, data: object) =>
  JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data });

test('an exported hub loses what belongs to the API server, which is said once', () => {
  const exported = `apiVersion: rhdh.redhat.com/v1alpha4
kind: Backstage
metadata:
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: "{}"
    mine: kept
  creationTimestamp: "2026-01-01T00:00:00Z"
  finalizers: [mine/kept]
  generation: 3
  managedFields: [{ manager: kubectl }]
  name: hub
  namespace: rhdh
  resourceVersion: "123"
  uid: 0b1c
spec: {}
status: { conditions: [] }
`;
  const { objects, problems, warnings } = adopt({ backstageFile: file(exported) });
  expect(problems()).toEqual([]);
  expect(warnings()).toEqual([
    'hub.yaml: left out what belongs to the API server: status, metadata.creationTimestamp, metadata.generation, ' +
      'metadata.managedFields, metadata.resourceVersion, metadata.uid, ' +
      'annotation kubectl.kubernetes.io/last-applied-configuration',
  ]);
  const { metadata, status } = objects().find(({ kind }) => kind === 'Backstage')!;
  expect(metadata).toEqual({
    annotations: { mine: 'kept' },
    finalizers: ['mine/kept'],
    name: 'hub',
    namespace: 'rhdh',
  });
  expect(status).toBeUndefined();
});

test('objects of a List, and those that the hub refers to among several of one kind, are taken', () => {
  const list = JSON.stringify({
    apiVersion: 'v1',
    kind: 'List',
    items: [
      {
        apiVersion: 'rhdh.redhat.com/v1alpha4',
        kind: 'Backstage',
        metadata: { name: 'hub' },
        spec: {
          application: {
            dynamicPluginsConfigMapName: 'plugins',
            appConfig: { configMaps: [{ name: 'config' }] },
          },
        },
      },
      JSON.parse(configMap('plugins', { 'dynamic-plugins.yaml': 'plugins: []' })),
      JSON.parse(configMap('config', { 'app-config.yaml': 'app: {}' })),
      JSON.parse(configMap('other', { a: 'b' })),
    ],
  });
  const path = file(list, 'all.json');
  const { objects, problems, warnings } = adopt({
    backstageFile: path,
    dynamicPluginsFile: path,
    appConfigFiles: [path],
  });
  expect(problems()).toEqual([]);
  expect(objects().map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    'ConfigMap plugins',
    'Backstage hub',
    'ConfigMap config',
  ]);
  expect(warnings()).toEqual([
    'all.json: the hub does not refer to ConfigMap plugins, other in spec.application.appConfig (to config), so Backstage reads nothing of it',
  ]);
});

test('an app-config and a list of plugins without ConfigMap get the one that the hub refers to, to the letter', () => {
  const { objects, problems } = adopt({
    backstageFile: file(hub),
    dynamicPluginsFile: file('# mine\nincludes: []\nplugins: []\n'),
    appConfigFiles: [
      file(configMap('config', { 'app-config.yaml': 'app: {}' })),
      file('# mine\napp: { title: "{{ .Values.x }}" }\n'),
    ],
  });
  expect(problems()).toEqual([]);
  expect(
    objects()
      .filter(({ kind }) => kind === 'ConfigMap')
      .map(({ metadata, data }) => [metadata.name, data]),
  ).toEqual([
    ['plugins', { 'dynamic-plugins.yaml': '# mine\nincludes: []\nplugins: []\n' }],
    ['config', { 'app-config.yaml': 'app: {}' }],
    ['more', { 'more.yaml': '# mine\napp: { title: "{{ .Values.x }}" }\n' }],
  ]);
});

test('an app-config without ConfigMap and without a reference of the hub is refused', () => {
  const appConfigFiles = [file('app: {}', 'a.yaml')];
  const backstageFile = file(hub.replace(/ {4}appConfig.*\n/, ''));
  expect(adopt({ backstageFile, appConfigFiles }).problems()).toEqual([
    'a.yaml: is an app-config without ConfigMap, and the hub refers to none that could hold it; ' +
      'add its name to spec.application.appConfig.configMaps',
  ]);
});

test('a file of a ConfigMap that is no text is refused in one line, of plugins, too', () => {
  const text = (name: string, key: string) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata:\n  ${key}:\n    app: {}\n`;
  const given = {
    appConfigFiles: [file(text('config', 'app-config.yaml'), 'config.yaml')],
    dynamicPluginsFile: file(text('plugins', 'dynamic-plugins.yaml'), 'plugins.yaml'),
  };
  expect(adopt({ backstageFile: file(hub), ...given }).problems()).toEqual([
    "config.yaml:6:5: data.app-config.yaml is a map, where a text is expected; write 'app-config.yaml: |' and its lines below",
    "plugins.yaml:6:5: data.dynamic-plugins.yaml is a map, where a text is expected; write 'dynamic-plugins.yaml: |' and its lines below",
  ]);
});

test('an app-config in binaryData is read, too', () => {
  const text = 'backend: { database: { client: better-sqlite3 } }';
  const binaryData = { 'app-config.yaml': Buffer.from(text).toString('base64') };
  const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config' }, binaryData };
  const appConfigFiles = [file(JSON.stringify(configMap), 'config.yaml')];
  expect(adopt({ backstageFile: file(hub), appConfigFiles }).problems()).toEqual([
    expect.stringContaining("backend.database.client is 'better-sqlite3'"),
  ]);
});

test('an app-config that the hub does not refer to is said so', () => {
  const appConfigFiles = [file(configMap('old', { 'app-config.yaml': 'app: {}' }), 'old.yaml')];
  expect(adopt({ backstageFile: file(hub), appConfigFiles }).warnings()).toEqual([
    'old.yaml: the hub does not refer to ConfigMap old in spec.application.appConfig (to config, more), so Backstage reads nothing of it',
  ]);
});

test.each([
  [
    'a template of Helm',
    hub.replace('name: hub', 'name: {{ .Release.Name }}'),
    "hub.yaml: is a template of Helm ('{{' in line 3); give a file of what 'helm template' renders",
  ],
  [
    'a quoted template of Helm',
    hub.replace('name: hub', 'name: "{{ .Values.name }}"'),
    "hub.yaml: is a template of Helm ('{{' in line 3); give a file of what 'helm template' renders",
  ],
  ...['{{ $name }}', '{{ printf "%s-hub" $x | quote }}', '{{/* name */}}'].map((name) => [
    `a template of Helm, ${name}`,
    hub.replace('name: hub', `name: ${name}`),
    "hub.yaml: is a template of Helm ('{{' in line 3); give a file of what 'helm template' renders",
  ]),
  [
    'a conditional template of Helm',
    `{{- if .Values.hub }}\n${hub}{{- end }}\n`,
    "hub.yaml: is a template of Helm ('{{' in line 1); give a file of what 'helm template' renders",
  ],
  [
    'a kustomization',
    'kind: Kustomization\nresources: [a.yaml]\n',
    "hub.yaml: is a kustomization; give a file of what 'kubectl kustomize' renders",
  ],
  [
    'a JSON patch',
    '- { op: replace, path: /spec, value: {} }\n',
    "hub.yaml: is a JSON patch; give a file of what 'kubectl kustomize' renders",
  ],
  [
    'a strategic merge patch',
    `${hub}  database: { $patch: delete }\n`,
    "hub.yaml: is a patch ('$patch'); give a file of what 'kubectl kustomize' renders",
  ],
  ['nothing', '', 'hub.yaml: holds 0 objects of kind Backstage; it must hold exactly one'],
  [
    'another kind',
    configMap('a', {}),
    'hub.yaml: holds 0 objects of kind Backstage (but ConfigMap); it must hold exactly one',
  ],
  [
    'a spec that is text',
    hub.replace(/spec:[^]*/, 'spec: hello\n'),
    'hub.yaml:4:7: spec is the text hello, where fields are expected; write spec: { … }',
  ],
  [
    'a list as application',
    hub.replace(/application:[^]*/, 'application: [1]\n'),
    'hub.yaml:5:16: spec.application is a list, where fields are expected; write application: { … }',
  ],
  [
    'a map as envs',
    `${hub}    extraEnvs: { envs: { A: b } }\n`,
    'hub.yaml:8:24: spec.application.extraEnvs.envs is a map, where a list is expected; write envs: [{ name: … }]',
  ],
  [
    'null among the envs',
    `${hub}    extraEnvs: { envs: [null] }\n`,
    'hub.yaml:8:25: spec.application.extraEnvs.envs[0] is null, where fields are expected; write { name: … }, or leave it out',
  ],
  [
    'an element without name',
    `${hub}    extraEnvs: { envs: [{ value: a }] }\n`,
    'hub.yaml:8:25: spec.application.extraEnvs.envs[0] has no name; write { name: … }, or leave it out',
  ],
  [
    'a text among the flavours',
    `${hub}  flavours: [lightspeed]\n`,
    'hub.yaml:8:14: spec.flavours[0] is the text lightspeed, where fields are expected; write { name: … }, or leave it out',
  ],
  [
    'without apiVersion',
    hub.replace(/^apiVersion.*\n/, ''),
    'hub.yaml:1:1: apiVersion is missing; write apiVersion: rhdh.redhat.com/…',
  ],
  [
    'a number as value of a variable',
    `${hub}    extraEnvs: { envs: [{ name: A, value: 8080 }] }\n`,
    'hub.yaml:8:43: spec.application.extraEnvs.envs[0].value is the number 8080, where a text is expected; write it in quotes',
  ],
  [
    'yes as value of a variable of a container',
    `${hub}  deployment: { patch: { spec: { template: { spec: { containers: [{ name: a, env: [{ name: A, value: yes }] }] } } } } }\n`,
    'hub.yaml:8:102: spec.deployment.patch.spec.template.spec.containers[0].env[0].value is the boolean true, where a text is expected; write it in quotes',
  ],
  [
    'no name',
    hub.replace('name: hub', 'labels: {}'),
    'hub.yaml:3:11: metadata has no name; write metadata: { name: … }',
  ],
  [
    'an alias to itself',
    hub.replace(/application:[^]*/, 'application: &a { a: *a }\n'),
    'hub.yaml:5:24: alias *a stands inside what it repeats',
  ],
  [
    'a container without fields',
    `${hub}  deployment: { patch: { spec: { template: { spec: { containers: [{ name: a, env: [x] }] } } } } }\n`,
    'hub.yaml:8:84: spec.deployment.patch.spec.template.spec.containers[0].env[0] is the text x, where fields are expected; write { name: … }, or leave it out',
  ],
])('a file of the hub that is %s is refused in one line', (_, text, problem) => {
  expect(adopt({ backstageFile: file(text) }).problems()).toEqual([problem]);
});

test('a Template of OpenShift is refused with the command that renders it', () => {
  const path = file('apiVersion: template.openshift.io/v1\nkind: Template\nobjects: []\n');
  expect(adopt({ backstageFile: path }).problems()).toEqual([
    expect.stringMatching(
      /^hub\.yaml: is a Template of OpenShift; give a file of what 'oc process --local -f .*hub\.yaml -o yaml' prints$/,
    ),
  ]);
});

test('a file that cannot be read is one line', () => {
  expect(adopt({ backstageFile: 'missing.yaml' }).problems()).toEqual([
    'cannot read missing.yaml: there is no such file',
  ]);
});

test('times stay text, and big numbers keep their digits', () => {
  const spec = 'futureField: { window: 22:30, start: 08:00, size: 9007199254740993 }';
  const backstageFile = file(hub.replace('spec:\n', `spec:\n  ${spec}\n`));
  const { problems, outdir } = adopt({ backstageFile });
  expect(problems()).toEqual([]);
  expect(readFileSync(join(outdir, '0200-backstage.k8s.yaml'), 'utf8')).toContain(
    ['  futureField:', '    window: "22:30"', '    start: "08:00"', '    size: 9007199254740993'].join('\n'),
  );
});

test('a file of plugins or of app-config with none in it, or with several, is told', () => {
  const backstageFile = file(
    'apiVersion: rhdh.redhat.com/v1alpha4\nkind: Backstage\nmetadata: { name: hub }\nspec: { application: { dynamicPluginsConfigMapName: plugins } }\n',
  );
  const secret = 'apiVersion: v1\nkind: Secret\nmetadata: { name: x }\n';
  const { problems } = adopt({
    backstageFile,
    dynamicPluginsFile: file(secret, 'plugins.yaml'),
    appConfigFiles: [file(secret, 'app-config.yaml')],
  });
  const told = problems().join('\n');
  expect(told).toContain('plugins.yaml');
  expect(told).toContain('app-config.yaml');
  expect(told).toContain('ConfigMap');
});
