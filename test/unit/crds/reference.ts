import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';

const defaultFolder = '../shared/upstream';

/**
 * Folder with the operators' own definitions (crds/) and the manifests of the lab (lab/), which this project does
 * not carry. UPSTREAM_DIR names it; otherwise it is looked for beside the project.
 */
export const referenceFolder = resolve(process.env.UPSTREAM_DIR || defaultFolder);

/** Whether the reference is there. Where UPSTREAM_DIR is set, it has to be. */
export const referenceAtHand = existsSync(referenceFolder);
if (!referenceAtHand && process.env.UPSTREAM_DIR) {
  throw new Error(`UPSTREAM_DIR is ${referenceFolder}, which does not exist`);
}

const files = {
  'rhdh 1.7': 'backstages.rhdh.redhat.com-1.7.yaml',
  'rhdh 1.8': 'backstages.rhdh.redhat.com-1.8.yaml',
  'rhdh 1.9': 'backstages.rhdh.redhat.com-1.9.yaml',
  'rhdh 1.10': 'backstages.rhdh.redhat.com-1.10.yaml',
  sonataflowplatform: 'sonataflowplatforms.sonataflow.org.yaml',
  sonataflow: 'sonataflows.sonataflow.org.yaml',
  route: 'routes.route.openshift.io.yaml',
} as const;

export type ReferenceCrd = keyof typeof files;

/** Text of one of the operators' definitions. */
export const readReferenceCrd = (name: ReferenceCrd): string =>
  readFileSync(join(referenceFolder, 'crds', files[name]), 'utf8');

/** The lab's manifests that move the hub, in the order in which they are applied. */
export const labFiles = [
  'postgresql-my-backstage-psql-statefulset.yaml',
  'dynamic-plugins-root-pvc-10.yaml',
  'dynamic-plugins-16-no-orchestrator.yaml',
  'rhdh-instance-16.yaml',
  'orchestrator-sonataflowplatform-init-16.yaml',
  'dynamic-plugins-16-orchestrator.yaml',
];

/** Documents of one of the lab's manifests. */
export const readLab = (file: string): any[] =>
  parseAllDocuments(readFileSync(join(referenceFolder, 'lab', file), 'utf8')).map((document) =>
    document.toJS(),
  );

/** Tests against the reference, or the one test that says that it is not at hand. */
export function describeWithReference(title: string, tests: () => void): void {
  describe(title, () => {
    if (referenceAtHand) {
      tests();
    } else {
      test(`is not tested, since there is no ${defaultFolder} and no UPSTREAM_DIR`, () => {
        expect(existsSync(referenceFolder)).toBe(false);
      });
    }
  });
}
