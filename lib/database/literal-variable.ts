import type { k8s } from 'cdk8s-plus-28';

/** A variable whose value Kubernetes hands over as it is: it would expand `$(NAME)` and turn `$$` into `$`. */
export function literalVariable(name: string, value: string): k8s.EnvVar {
  return { name, value: value.replaceAll('$', '$$$$') };
}
