/** Releases of the operator, with the version of the Backstage API each stores; 2.0 is what the main branch has. */
export const storedVersions = {
  '1.7': 'v1alpha3',
  '1.8': 'v1alpha4',
  '1.9': 'v1alpha5',
  '1.10': 'v1alpha5',
  '2.0': 'v1alpha5',
} as const;

export type OperatorRelease = keyof typeof storedVersions;

const inOrder = Object.keys(storedVersions);

/** Whether a release is the named one or later. */
export const isSince = (release: OperatorRelease, named: OperatorRelease): boolean =>
  inOrder.indexOf(release) >= inOrder.indexOf(named);
