import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

/** The certificate and key that a `PostgresStatefulSet` offers. */
export interface ServerCertificate {
  /**
   * Secret of type kubernetes.io/tls, with `tls.crt` and `tls.key`; its certificate must be made out to
   * `<name>.<namespace>.svc.cluster.local`.
   */
  readonly secretName: string;
}

/** What the pod mounts so that the server offers TLS. */
export interface ServerCertificateMounts {
  readonly volumes: k8s.Volume[];
  readonly volumeMounts: k8s.VolumeMount[];
}

const certificateDirectory = '/etc/postgres-tls';

/** Red Hat's image includes every `*.conf` of this directory at the end of its configuration. */
const configurationDirectory = '/opt/app-root/src/postgresql-cfg';

const tlsConfiguration = `ssl = on
ssl_cert_file = '${certificateDirectory}/tls.crt'
ssl_key_file = '${certificateDirectory}/tls.key'
`;

/**
 * The ConfigMap that switches TLS on, and the mounts. The key is readable to its owner and group only, as
 * PostgreSQL demands (manual, 19.9: 0640 is accepted for a file owned by root).
 */
export function serverCertificateConfig(
  scope: Construct,
  name: string,
  labels: { [key: string]: string },
  certificate: ServerCertificate | undefined,
): ServerCertificateMounts {
  if (certificate === undefined) return { volumes: [], volumeMounts: [] };
  new k8s.KubeConfigMap(scope, 'tls-config', {
    metadata: { name: `${name}-tls`, labels },
    data: { 'tls.conf': tlsConfiguration },
  });
  return {
    volumes: [
      { name: 'tls-config', configMap: { name: `${name}-tls` } },
      { name: 'tls', secret: { secretName: certificate.secretName, defaultMode: 0o640 } },
    ],
    volumeMounts: [
      { name: 'tls-config', mountPath: configurationDirectory, readOnly: true },
      { name: 'tls', mountPath: certificateDirectory, readOnly: true },
    ],
  };
}
