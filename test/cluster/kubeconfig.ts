import { writeFileSync } from 'node:fs';
import { stringify } from 'yaml';

export interface KubeconfigProps {
  /** URL of the API server. */
  readonly server: string;
  /** Certificate authority, PEM. @default - the system's */
  readonly ca?: string;
  /** Bearer token. */
  readonly token: string;
  /** Name of the context's user. */
  readonly user: string;
  /** Namespace of the context. @default - "default" */
  readonly namespace?: string;
}

/** Writes a kubeconfig with one context, readable by its owner alone. */
export function writeKubeconfig(file: string, props: KubeconfigProps): string {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'test',
        cluster: {
          server: props.server,
          ...(props.ca && { 'certificate-authority-data': Buffer.from(props.ca).toString('base64') }),
        },
      },
    ],
    users: [{ name: props.user, user: { token: props.token } }],
    contexts: [
      {
        name: 'test',
        context: {
          cluster: 'test',
          user: props.user,
          ...(props.namespace && { namespace: props.namespace }),
        },
      },
    ],
    'current-context': 'test',
  };
  writeFileSync(file, stringify(config), { mode: 0o600 });
  return file;
}
