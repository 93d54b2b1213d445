/** Annotation of an object that makes another in the cluster, so that a rollout expects that one. */
const PROVIDES = 'cdk8s-rhdh/provides';

/** The annotation that says which Secret an object makes. */
export function providingSecret(name: string): { [key: string]: string } {
  return { [PROVIDES]: `Secret/${name}` };
}
