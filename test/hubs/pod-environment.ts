type Manifest = Record<string, any>;

/** The variables of Backstage that say where its database is and who logs in. */
export const login = ['POSTGRES_HOST', 'POSTGRES_PORT', 'POSTGRES_USER', 'POSTGRES_PASSWORD', 'PGSSLMODE'];

/** Keys of the Secret `new-login`, by the names of its two kinds. */
const keys: Readonly<Record<string, string>> = {
  POSTGRES_USER: 'username',
  POSTGRES_PASSWORD: 'password',
  POSTGRES_HOST: 'host',
  POSTGRES_PORT: 'port',
};

/**
 * Where each variable of the login comes from in a container, as Kubernetes resolves it: `env` before `envFrom`, and of
 * two the later. A Secret that is not the new one is taken to have them all; Backstage takes no PGSSLMODE for no TLS.
 */
export function loginOf(container: Manifest): Record<string, string | undefined> {
  return {
    PGSSLMODE: '=disable',
    ...Object.fromEntries(
      login
        .map((name) => [name, sourceOf(container, name)] as const)
        .filter(([, source]) => source !== undefined),
    ),
  };
}

/** The same for the variables of libpq, where a container has them. */
export function libpqLogin(container: Manifest): Manifest[] {
  const found = ['PGHOST', 'PGPORT', 'PGUSER', 'PGPASSWORD', 'PGDATABASE']
    .map((name) => [
      name,
      (container.env ?? []).some((each: Manifest) => each.name === name) && sourceOf(container, name),
    ])
    .filter(([, source]) => source !== false);
  return found.length === 0 ? [] : [{ container: container.name, ...Object.fromEntries(found) }];
}

function sourceOf(container: Manifest, name: string): string | undefined {
  const variable = (container.env ?? []).findLast((each: Manifest) => each.name === name);
  if (variable?.valueFrom?.secretKeyRef !== undefined) {
    const { name: secret, key } = variable.valueFrom.secretKeyRef;
    const part = Object.keys(keys).find((each) => key === keys[each]);
    return `${secret}/${part ?? key}`;
  }
  if (variable !== undefined) {
    return variable.value === undefined ? JSON.stringify(variable.valueFrom) : `=${variable.value}`;
  }
  const from = (container.envFrom ?? [])
    .map(({ secretRef, configMapRef }: Manifest) => secretRef?.name ?? configMapRef?.name)
    .findLast((source: string) => /login|psql|postgres|database|db/.test(source));
  return from !== undefined && (from !== 'new-login' || /USER|PASSWORD/.test(name))
    ? `${from}/${name}`
    : undefined;
}
