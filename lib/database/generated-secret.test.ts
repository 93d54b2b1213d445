import { expandVariables } from '../../test/unit/expand-variables';
import { objectOf, problemsOf, stageOf } from '../../test/unit/stage';
import { Credentials } from './credentials';
import type { GeneratedSecretProps } from './generated-secret';
import { PostgresStatefulSet } from './postgres-statefulset';

function serverWith(props?: GeneratedSecretProps) {
  const stage = stageOf();
  const server = new PostgresStatefulSet(stage, 'server', {
    name: 'db',
    credentials: Credentials.generated(props),
  });
  const job = objectOf(stage, 'Job');
  return { stage, server, job, container: job.spec.template.spec.containers[0] };
}

test('every property reaches the Job', () => {
  const props: Required<GeneratedSecretProps> = { length: 48, image: 'registry.example.com/curl:8' };
  const { container } = serverWith(props);
  expect(container.image).toBe('registry.example.com/curl:8');
  expect(container.env).toContainEqual({ name: 'PASSWORD_LENGTH', value: '48' });
});

test('32 characters for the user postgres, made by the image of the server, unless said otherwise', () => {
  const { container, server } = serverWith();
  expect(container.image).toBe(server.clientImage);
  expect(container.env).toEqual([
    { name: 'KUBERNETES_API', value: 'https://kubernetes.default.svc' },
    { name: 'SECRET_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
    { name: 'SECRET_NAME', value: 'db-secret' },
    { name: 'SECRET_LABELS', value: '{"app":"db"}' },
    { name: 'DATABASE_HOST', value: 'db.rhdh.svc.cluster.local' },
    { name: 'DATABASE_PORT', value: '5432' },
    { name: 'DATABASE_USER', value: 'postgres' },
    { name: 'PASSWORD_LENGTH', value: '32' },
  ]);
});

test('the Job announces its Secret, and runs with an account that may make this Secret and nothing else', () => {
  const { stage, job } = serverWith();
  const name = 'generate-db-secret';
  expect(job.metadata).toEqual({
    name,
    namespace: 'rhdh',
    labels: { app: 'db' },
    annotations: { 'cdk8s-rhdh/provides': 'Secret/db-secret' },
  });
  expect(job.spec.template.spec.serviceAccountName).toBe(name);
  expect(objectOf(stage, 'ServiceAccount').metadata.name).toBe(name);
  expect(objectOf(stage, 'Role', name).rules).toEqual([
    {
      apiGroups: [''],
      resources: ['secrets'],
      resourceNames: ['db-secret'],
      verbs: ['get', 'create', 'patch'],
    },
  ]);
  expect(objectOf(stage, 'RoleBinding', name)).toMatchObject({
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name }],
  });
});

test.each([0, -1, 11, 12.5, 129])('a password of %d characters is refused', (length) => {
  expect(problemsOf(serverWith({ length }).stage)).toEqual([
    `postgres-statefulset/credentials: the length of a generated password is ${length}; write a whole number from 12 to 128`,
  ]);
});

test('a password of 12 to 128 characters is accepted', () => {
  expect([12, 128].flatMap((length) => problemsOf(serverWith({ length }).stage))).toEqual([]);
});

test('Kubernetes finds no variable to expand in the script', () => {
  const { container } = serverWith();
  const variables = Object.fromEntries(container.env.map(({ name }: { name: string }) => [name, 'expanded']));
  expect(container.command.map((text: string) => expandVariables(text, variables))).toEqual(
    container.command,
  );
});
