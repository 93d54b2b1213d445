import { readdirSync, readFileSync } from 'node:fs';
import { parse, parseAllDocuments } from 'yaml';
import { describeWithReference, labFiles, readLab, readReferenceCrd } from './crds/reference';
import { validateAgainstCrd } from './crds/validate';

type Manifest = Record<string, any>;

const job = 'Job create-sonataflow-database-developer-hub';
const container = 'spec.template.spec.containers.psql';
const envs = 'Backstage developer-hub: spec.application.extraEnvs.envs';

/** Every difference from the lab; docs/lab-parity.md gives the reason of each. */
const deliberate = [
  'Secret my-backstage-psql-secret-developer-hub: is not in dist',
  'StatefulSet my-backstage-psql-developer-hub: spec.serviceName: "backstage-psql-developer-hub" became "my-backstage-psql-developer-hub"',
  'Backstage developer-hub: spec.deployment.patch.spec.replicas: 2 became 1',
  'Backstage developer-hub: spec.deployment.patch.spec.template.spec.containers.lightspeed-core.securityContext: is new',
  'Backstage developer-hub: spec.deployment.patch.spec.template.spec.containers.llama-stack.securityContext: is new',
  'Backstage developer-hub: spec.deployment.patch.spec.template.spec.initContainers.init-rag-data.securityContext: is new',
  `${envs}.NODE_TLS_REJECT_UNAUTHORIZED: is gone`,
  `${envs}.NODE_EXTRA_CA_CERTS: is new`,
  `${envs}.PGSSLMODE: is new`,
  'Backstage developer-hub: spec.application.extraFiles.configMaps.kube-root-ca.crt: is new',
  `${job}: spec.activeDeadlineSeconds: 120 became 900`,
  `${job}: spec.template.spec.automountServiceAccountToken: is new`,
  `${job}: spec.template.spec.securityContext: is new`,
  `${job}: spec.template.spec.volumes: is new`,
  `${job}: spec.ttlSecondsAfterFinished: 30 became 86400`,
  `${job}: ${container}.args: is gone`,
  `${job}: ${container}.command: ["sh","-c"] became a script`,
  `${job}: ${container}.env: is new`,
  `${job}: ${container}.envFrom: is gone`,
  `${job}: ${container}.image: "quay.io/fedora/postgresql-15:latest" became the image of the database`,
  `${job}: ${container}.resources.limits.cpu: "100m" became "500m"`,
  `${job}: ${container}.volumeMounts: is new`,
  'SonataFlowPlatform sonataflow-platform: spec.services.jobService.podTemplate: is new',
];

const onlyOurs = [
  'Job create-lightspeed-database-developer-hub',
  'Job generate-my-backstage-psql-secret-developer-hub',
  'Role generate-my-backstage-psql-secret-developer-hub',
  'RoleBinding generate-my-backstage-psql-secret-developer-hub',
  'ServiceAccount generate-my-backstage-psql-secret-developer-hub',
];

const bundles = readdirSync('dist')
  .filter((name) => name.endsWith('.k8s.yaml'))
  .sort();
const documentsOf = (bundle: string) =>
  parseAllDocuments(readFileSync(`dist/${bundle}`, 'utf8')).map((document) => document.toJS() as Manifest);
const dist = bundles.flatMap(documentsOf);
const identity = ({ kind, metadata }: Manifest) => `${kind} ${metadata.name}`;

/** What counts: parsed plugin lists, and nothing that the API server writes or that ours adds to all objects. */
function meaning(manifest: Manifest): Manifest {
  const copy = JSON.parse(JSON.stringify(manifest)) as Manifest;
  delete copy.metadata.namespace;
  delete copy.status;
  for (const claim of copy.spec?.volumeClaimTemplates ?? []) {
    delete claim.status;
    delete claim.metadata.creationTimestamp;
  }
  if (copy.data?.['dynamic-plugins.yaml'] !== undefined) {
    copy.data['dynamic-plugins.yaml'] = parse(copy.data['dynamic-plugins.yaml']);
  }
  return copy;
}

function differences(lab: any, ours: any, path: string): string[] {
  if (isObject(lab) && isObject(ours)) {
    return [...new Set([...Object.keys(lab), ...Object.keys(ours)])].flatMap((key) =>
      !(key in ours)
        ? [`${path}${key}: is gone`]
        : !(key in lab)
          ? [`${path}${key}: is new`]
          : differences(lab[key], ours[key], `${path}${key}.`),
    );
  }
  if (isNamed(lab) && isNamed(ours)) return differences(byName(lab), byName(ours), path);
  const [before, after] = [lab, ours]
    .map((value) => JSON.stringify(value, sortedKeys))
    .map((text) => text.replace(/\s+"$/, '"'));
  if (before === after) return [];
  const shown = after.includes('@sha256:')
    ? 'the image of the database'
    : after.includes('set -euo')
      ? 'a script'
      : after;
  return [`${path.replace(/\.$/, '')}: ${before} became ${shown}`];
}

const sortedKeys = (_: string, value: unknown) =>
  isObject(value) ? Object.fromEntries(Object.entries(value).sort()) : value;
const isObject = (value: unknown): value is Manifest =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isNamed = (value: unknown): value is Manifest[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => item?.name);
const byName = (list: Manifest[]) => Object.fromEntries(list.map((item) => [item.name, item]));

describeWithReference('dist/, compared with the manifests of the lab by meaning', () => {
  const lab = labFiles.flatMap((file) => readLab(file) as Manifest[]);

  test('differs where it is deliberate, and nowhere else', () => {
    const left = [...dist];
    const found = lab.flatMap((manifest) => {
      const index = left.findIndex((candidate) => identity(candidate) === identity(manifest));
      if (index < 0) return [`${identity(manifest)}: is not in dist`];
      const [ours] = left.splice(index, 1);
      return differences(meaning(manifest), meaning(ours), '').map(
        (line) => `${identity(manifest)}: ${line}`,
      );
    });
    expect(found.sort()).toEqual([...deliberate].sort());
    expect(left.map(identity).sort()).toEqual(onlyOurs);
  });

  test('has the values of the greeting workflow to the letter of their meaning', () => {
    const [values] = readLab('greeting-values-16.yaml');
    expect(parse(readFileSync('dist/helm/greeting-values.yaml', 'utf8'))).toEqual(values);
  });

  test.each(
    dist
      .filter(({ apiVersion }) => /rhdh|sonataflow/.test(apiVersion))
      .map((object) => [identity(object), object] as const),
  )('has a valid %s, by the definition of its operator', (_, object) => {
    const crd = object.kind === 'Backstage' ? 'rhdh 1.8' : 'sonataflowplatform';
    expect(validateAgainstCrd(object as never, readReferenceCrd(crd))).toEqual([]);
  });
});

test('docs/lab-parity.md gives the reason of each deliberate difference', () => {
  const text = readFileSync('docs/lab-parity.md', 'utf8');
  const paths = deliberate.map((line) => line.split(': ')[1]).filter((path) => path !== 'is not in dist');
  expect(paths.filter((path) => !text.includes(`\`${path}\``))).toEqual([]);
  expect(onlyOurs.filter((object) => !text.includes(object.split(' ')[1]))).toEqual([]);
});
