/** Labels and annotations by which the command knows what the constructs have written. */

/** Label of the Job that moves databases, with the name of the move. */
export const moveLabel = 'cdk8s-rhdh/move';

/**
 * Annotation of an object that makes another in the cluster, so that a rollout expects that one: `Secret/<name>`,
 * several with commas between them.
 */
export const providesAnnotation = 'cdk8s-rhdh/provides';
