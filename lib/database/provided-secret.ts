/** Annotation of an object that makes a Secret in the cluster, so that a rollout expects the Secret. */
export const PROVIDES_SECRET = 'cdk8s-rhdh/provides-secret';

/** The annotation that says which Secret an object makes. */
export function providing(secretName: string): { [key: string]: string } {
  return { [PROVIDES_SECRET]: secretName };
}
