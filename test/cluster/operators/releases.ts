/** Releases of the operator, with the version of the Backstage API each stores. */
export const storedVersions = {
  '1.7': 'v1alpha3',
  '1.8': 'v1alpha4',
  '1.9': 'v1alpha5',
  '1.10': 'v1alpha5',
} as const;

export type OperatorRelease = keyof typeof storedVersions;
