/**
 * A host in the one form in which two can be compared: `db.rhdh` for the Service `db` of the namespace `rhdh`, whether or
 * not the namespace, `svc`, the cluster's domain or a trailing dot follow, and in whatever case it is written.
 *
 * @param namespace of those who say it
 */
export function canonicalHost(host: string, namespace: string | undefined): string {
  const labels = host.toLowerCase().replace(/\.$/, '').split('.');
  const [service = '', home, svc] = labels;
  if (svc === 'svc') return `${service}.${home}`;
  const isService = labels.length === 1 && /^[a-z][\w-]*$/.test(service) && namespace !== undefined;
  return isService ? `${service}.${namespace}` : labels.join('.');
}

/** Whether two names mean the same host to those in a namespace. */
export function isSameHost(one: string, other: string, namespace: string | undefined): boolean {
  return canonicalHost(one, namespace) === canonicalHost(other, namespace);
}

/**
 * Whether a text has the host, alone or inside a URL, in any of its forms. A longer name that begins or ends like it is
 * another host.
 */
export function namesHost(text: string, host: string, namespace: string | undefined): boolean {
  const words = text.match(/[\w.-]+/g) ?? [];
  return words.some((word) => isSameHost(word, host, namespace));
}
