import type { Client } from './client';

/** Secrets and ConfigMaps that the hub of the lab refers to and that its earlier exercises have made. */
const secrets: Readonly<Record<string, Record<string, string>>> = {
  'rhdh-secrets': { BACKEND_SECRET: 'example', BASEDOMAIN: 'apps.example.com', MCP_TOKEN: 'example' },
  'gitlab-secrets': {
    AUTH_GITLAB_CLIENT_ID: 'example',
    AUTH_GITLAB_CLIENT_SECRET: 'example',
    GITLAB_TOKEN: 'example',
  },
  'llama-stack-secrets': { VLLM_URL: 'https://models.example.com/v1', VLLM_API_KEY: 'example' },
  'rhdh-techdocs-bucket-claim': { AWS_ACCESS_KEY_ID: 'example', AWS_SECRET_ACCESS_KEY: 'example' },
};

const configMaps: Readonly<Record<string, Record<string, string>>> = {
  'app-config-rhdh': { 'app-config-rhdh.yaml': 'app:\n  title: Developer Hub\n' },
  'lightspeed-app-config': { 'app-config.yaml': 'lightspeed: {}\n' },
  'lightspeed-stack': { 'lightspeed-stack.yaml': 'name: Lightspeed Core Service\n' },
  'rbac-policy': { 'rbac-policy.csv': '', 'rbac-conditional-policies.yaml': '' },
  'rhdh-techdocs-bucket-claim': { BUCKET_NAME: 'techdocs', BUCKET_HOST: 's3.example.com' },
};

/** Puts into a namespace what a hub of the lab needs besides its bundles. */
export async function installPrerequisites(client: Client, namespace: string): Promise<void> {
  for (const [name, stringData] of Object.entries(secrets)) {
    await client.apply({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, stringData });
  }
  for (const [name, data] of Object.entries(configMaps)) {
    await client.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data });
  }
}
