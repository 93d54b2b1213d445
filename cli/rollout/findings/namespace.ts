const dnsLabel = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Whether a namespace can have this name (Kubernetes, Object Names and IDs, RFC 1123 label). */
export function isNamespace(name: unknown): name is string {
  return typeof name === 'string' && dnsLabel.test(name);
}

/** What to write instead of another one. */
export const namespaceAdvice =
  'A namespace is a DNS label: lower-case letters, digits and -, at most 63 characters.';
