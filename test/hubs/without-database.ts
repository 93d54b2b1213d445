import { login } from './pod-environment';

type Manifest = Record<string, any>;

const libpq = ['PGHOST', 'PGPORT', 'PGUSER', 'PGPASSWORD'];
const variables = new Set([...login, ...libpq, 'NODE_EXTRA_CA_CERTS', 'PGSSLROOTCERT']);
const objects = /^((new|old)-(login|authority)|backstage-psql-secret-.*)$/;

/**
 * A Backstage resource without what concerns its database: the rest has to be in the bundle as it is in the file. What is
 * empty then is left out, since `connect` may have made it, and so are apiVersion and namespace.
 */
export function withoutDatabase({ metadata, spec, ...rest }: Manifest): Manifest {
  const { apiVersion: _apiVersion, ...others } = rest;
  const { namespace: _namespace, ...named } = metadata;
  const { database: _database, ...fields } = spec ?? {};
  return pruned({ ...others, metadata: named, spec: fields }) as Manifest;
}

function pruned(value: unknown): unknown {
  if (Array.isArray(value)) {
    const kept = value.filter((item) => !isOfDatabase(item)).map(pruned);
    return kept.filter((item) => !isEmpty(item));
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, pruned(item)] as const);
  const kept = entries.filter(([, item]) => !isEmpty(item));
  // A container that connect added, and nothing else is in.
  return kept.length === 1 && kept[0][0] === 'name' && kept[0][1] === 'backstage-backend'
    ? {}
    : Object.fromEntries(kept);
}

function isOfDatabase(item: any): boolean {
  return (
    variables.has(item?.name) ||
    variables.has(item?.key) ||
    [item?.name, item?.secretRef?.name, item?.secret?.secretName, item?.configMap?.name].some((name) =>
      objects.test(String(name)),
    ) ||
    item?.mountPath === '/etc/postgres-ca' ||
    item?.name === 'postgres-ca'
  );
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
