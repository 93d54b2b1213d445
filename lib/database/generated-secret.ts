import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { createJob } from './script-job';
import { providingSecret } from './provides';
import type { SecretRequest } from './secret-request';

/** How a password is generated in the cluster. */
export interface GeneratedSecretProps {
  /**
   * Length of the password, in characters from A-Z, a-z and 0-9: 12 to 128.
   * @default 32
   */
  readonly length?: number;

  /**
   * Image of the Job; needs bash and curl.
   * @default - the image of the database
   */
  readonly image?: string;
}

/**
 * Applies the Secret where there is none. Token and password travel by files and standard input, never as
 * arguments, which other users of the node could read.
 *
 * RBAC knows the name of what an apply creates, as it is in the path, and not that of what a POST creates
 * (k8s.io/apiserver, endpoints/handlers/patch.go, `createAuthorizerAttributes`), so the account needs the right to this one Secret alone.
 * A version that no Secret has makes an apply to one that appeared meanwhile a `409 Conflict`, whatever its keys: nothing
 * is overwritten, and nothing added. Answers have metadata only.
 */
const script = `set -euo pipefail
account=/var/run/secrets/kubernetes.io/serviceaccount
umask 077
printf 'Authorization: Bearer %s\\n' "$(cat "$account/token")" > /tmp/authorization
random=$(tr -dc 'A-Za-z0-9' < <(head -c 65536 /dev/urandom))
password=\${random:0:$PASSWORD_LENGTH}
secret=$KUBERNETES_API/api/v1/namespaces/$SECRET_NAMESPACE/secrets/$SECRET_NAME
encode() { printf %s "$1" | base64 -w 0; }
ask() {
  curl --silent --show-error --retry 5 --retry-connrefused --output /tmp/answer --write-out '%{http_code}' \\
    --cacert "$account/ca.crt" --header @/tmp/authorization \\
    --header 'Accept: application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1' "$@"
}
status=$(ask "$secret")
if [ "$status" = 404 ]; then
  status=$(ask --request PATCH --header 'Content-Type: application/apply-patch+yaml' --data @- \\
    "$secret?fieldManager=cdk8s-rhdh-\${random: -16}" << EOF
{
  "apiVersion": "v1",
  "kind": "Secret",
  "type": "Opaque",
  "metadata": { "name": "$SECRET_NAME", "labels": $SECRET_LABELS, "resourceVersion": "1" },
  "data": {
    "POSTGRESQL_ADMIN_PASSWORD": "$(encode "$password")",
    "POSTGRES_HOST": "$(encode "$DATABASE_HOST")",
    "POSTGRES_PASSWORD": "$(encode "$password")",
    "POSTGRES_PORT": "$(encode "$DATABASE_PORT")",
    "POSTGRES_USER": "$(encode "$DATABASE_USER")"
  }
}
EOF
  )
  if [ "$status" = 200 ]; then status=201; fi
fi
case "$status" in
  201) echo "Secret $SECRET_NAME created" ;;
  200 | 409) echo "Secret $SECRET_NAME exists already and is left as it is" ;;
  *) echo "The API server answered $status when Secret $SECRET_NAME was to be created:" >&2
     grep -oE '"message": *"([^"\\\\]|\\\\.)*"' /tmp/answer >&2 || true
     exit 1 ;;
esac
`;

/** What is wrong with the values given. */
export function generatedSecretProblems({ length = 32 }: GeneratedSecretProps): string[] {
  return Number.isInteger(length) && length >= 12 && length <= 128
    ? []
    : [`the length of a generated password is ${length}; write a whole number from 12 to 128`];
}

/** The Job that makes the Secret, with an account that may make this Secret and nothing else. */
export function createGeneratedSecret(
  scope: Construct,
  request: SecretRequest,
  props: GeneratedSecretProps,
): void {
  const name = `generate-${request.secretName}`;
  const metadata = { name, labels: request.labels };
  new k8s.KubeServiceAccount(scope, 'service-account', { metadata });
  new k8s.KubeRole(scope, 'role', {
    metadata,
    rules: [
      {
        apiGroups: [''],
        resources: ['secrets'],
        resourceNames: [request.secretName],
        verbs: ['get', 'create', 'patch'],
      },
    ],
  });
  new k8s.KubeRoleBinding(scope, 'role-binding', {
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name }],
  });
  createJob(scope, 'job', {
    name,
    labels: request.labels,
    annotations: providingSecret(request.secretName),
    image: props.image ?? request.image,
    container: 'generate',
    serviceAccountName: name,
    script,
    env: [
      { name: 'KUBERNETES_API', value: 'https://kubernetes.default.svc' },
      { name: 'SECRET_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
      { name: 'SECRET_NAME', value: request.secretName },
      { name: 'SECRET_LABELS', value: JSON.stringify(request.labels) },
      { name: 'DATABASE_HOST', value: request.address.host },
      { name: 'DATABASE_PORT', value: String(request.address.port) },
      { name: 'DATABASE_USER', value: 'postgres' },
      { name: 'PASSWORD_LENGTH', value: String(props.length ?? 32) },
    ],
  });
}
