import type { Manifest } from './yaml-file';

const helm =
  /\{\{-?\s*(\.(Values|Release|Chart|Capabilities|Files)\b|\$|\/\*|\(|(include|template|define|block|range|with|if|else|end|toYaml|toJson|tpl|printf|default|required|quote|lookup|dict|list)\b)/;

/** What a text is that cannot be read as a manifest, and what to give instead; nothing if it is no such thing. */
export function unrenderedProblem(path: string, text: string): string | undefined {
  const line = text.split('\n').findIndex((content) => helm.test(content)) + 1;
  return line === 0
    ? undefined
    : `${path}: is a template of Helm ('{{' in line ${line}); give a file of what 'helm template' renders`;
}

/** What an object of a file is that is none of the cluster, and what to give instead; nothing if it is one. */
export function notAnObjectProblem(path: string, value: unknown): string | undefined {
  if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item?.op === 'string')) {
    return `${path}: is a JSON patch; give a file of what 'kubectl kustomize' renders`;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { kind, apiVersion = '' } = value as Manifest;
  if (kind === 'Kustomization' || kind === 'Component') {
    return `${path}: is a kustomization; give a file of what 'kubectl kustomize' renders`;
  }
  if (kind === 'Template' && String(apiVersion).startsWith('template.openshift.io/')) {
    return `${path}: is a Template of OpenShift; give a file of what 'oc process --local -f ${path} -o yaml' prints`;
  }
  if (kind !== undefined && hasDirective(value as Manifest)) {
    return `${path}: is a patch ('$patch'); give a file of what 'kubectl kustomize' renders`;
  }
  return undefined;
}

/** Whether a strategic merge patch is meant: the patch of the hub's own Deployment may have directives. */
function hasDirective(object: Manifest, path = ''): boolean {
  if (path === '.spec.deployment.patch' || path === '.data') return false;
  return Object.entries(object).some(
    ([key, value]) =>
      key === '$patch' ||
      key.startsWith('$setElementOrder/') ||
      key.startsWith('$deleteFromPrimitiveList/') ||
      (typeof value === 'object' && value !== null && hasDirective(value as Manifest, `${path}.${key}`)),
  );
}
