import { readFileSync } from 'node:fs';
import { compareVersion } from './compare';
import { describeWithReference, readLab, readReferenceCrd, type ReferenceCrd } from './reference';
import { parseCrd } from './schema';
import { structuralProblems } from './structural';
import { validateAgainstCrd } from './validate';

const files = ['backstage', 'sonataflowplatform', 'sonataflow'];
const textOf = (file: string) => readFileSync(`crds/${file}.yaml`, 'utf8');
const ours = Object.fromEntries(files.map((file) => [file, parseCrd(textOf(file))]));

describe.each(files)('crds/%s.yaml', (file) => {
  const crd = ours[file];

  test.each(crd.spec.versions.map(({ name, schema }) => [name, schema.openAPIV3Schema] as const))(
    '%s is a structural schema, and each field has a description',
    (_, schema) => {
      expect(structuralProblems(schema)).toEqual([]);
    },
  );

  test('is named after its group and plural, and stores one version', () => {
    expect(crd.metadata.name).toBe(`${crd.spec.names.plural}.${crd.spec.group}`);
    expect(crd.spec.versions.filter(({ storage }) => storage)).toHaveLength(1);
  });

  test('says at its head that it does not replace the definition of the operator', () => {
    const head = textOf(file).split('apiVersion:')[0].replaceAll('\n# ', ' ');
    expect(head).toContain('It does not replace the definition that');
  });
});

test('the Backstage resource has the versions of RHDH 1.7 to 1.10, and stores the newest', () => {
  expect(
    ours.backstage.spec.versions.map(({ name, served, storage }) => ({ name, served, storage })),
  ).toEqual([
    { name: 'v1alpha5', served: true, storage: true },
    { name: 'v1alpha4', served: true, storage: false },
    { name: 'v1alpha3', served: true, storage: false },
  ]);
});

describeWithReference("the operators' own definitions", () => {
  test.each<[string, string, ReferenceCrd, string[]]>([
    ['backstage', 'v1alpha3', 'rhdh 1.7', []],
    ['backstage', 'v1alpha3', 'rhdh 1.8', []],
    ['backstage', 'v1alpha4', 'rhdh 1.8', []],
    ['backstage', 'v1alpha4', 'rhdh 1.9', []],
    ['backstage', 'v1alpha5', 'rhdh 1.9', ['.spec.flavours: unknown in the reference']],
    ['backstage', 'v1alpha4', 'rhdh 1.10', []],
    ['backstage', 'v1alpha5', 'rhdh 1.10', []],
    ['sonataflowplatform', 'v1alpha08', 'sonataflowplatform', []],
    ['sonataflow', 'v1alpha08', 'sonataflow', []],
  ])('crds/%s.yaml says nothing of %s that %s does not say', (file, version, reference, differences) => {
    expect(compareVersion(ours[file], parseCrd(readReferenceCrd(reference)), version)).toEqual(differences);
  });

  test.each<[string, ReferenceCrd]>([
    ['backstage', 'rhdh 1.10'],
    ['sonataflowplatform', 'sonataflowplatform'],
    ['sonataflow', 'sonataflow'],
  ])('crds/%s.yaml has the names, scope, subresources and columns of %s', (file, reference) => {
    const facts = ({ metadata, spec: { group, names, scope, versions } }: (typeof ours)[string]) => {
      const { subresources, additionalPrinterColumns } = versions.find(({ storage }) => storage)!;
      return { name: metadata.name, group, names, scope, subresources, additionalPrinterColumns };
    };
    expect(facts(ours[file])).toEqual(facts(parseCrd(readReferenceCrd(reference))));
  });
});

describeWithReference("the lab's manifests", () => {
  const hubs = ['rhdh-instance-15.yaml', 'rhdh-instance-16.yaml'];
  const platform = 'orchestrator-sonataflowplatform-init-16.yaml';
  const platforms = () => readLab(platform).filter(({ kind }) => kind === 'SonataFlowPlatform');

  test.each(hubs)('%s is valid by crds/backstage.yaml, as it is by RHDH 1.8', (file) => {
    const [hub] = readLab(file);
    expect(validateAgainstCrd(hub, textOf('backstage'))).toEqual([]);
    expect(validateAgainstCrd(hub, readReferenceCrd('rhdh 1.8'))).toEqual([]);
  });

  test(`the platform of ${platform} is valid by crds/sonataflowplatform.yaml, as it is by its operator`, () => {
    const [platform] = platforms();
    expect(validateAgainstCrd(platform, textOf('sonataflowplatform'))).toEqual([]);
    expect(validateAgainstCrd(platform, readReferenceCrd('sonataflowplatform'))).toEqual([]);
  });
});
