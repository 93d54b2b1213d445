import { Chart, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { constructArguments } from '../api/arguments';
import { ManifestObject } from '../manifest/manifest-object';
import { enforce } from '../rules/rule';
import { PostgresAddress } from './address';
import { Credentials } from './credentials';
import type { DatabaseSecret } from './database-secret';
import { Postgres } from './postgres';
import { postgresStatefulsetRules } from './rules';
import { postgresContainer, serverPort } from './server-container';
import { serverCertificateConfig, type ServerCertificate } from './server-certificate';
import { PostgresTls } from './tls';
import { PostgresVersion } from './version';

/** Properties of {@link PostgresStatefulSet}. */
export interface PostgresStatefulSetProps {
  /** Name of the StatefulSet and of its Service. */
  readonly name: string;

  /** Where the password comes from. */
  readonly credentials: Credentials;

  /**
   * Name of the Secret, where it is made here.
   * @default - the `name`, with `-secret` at its end
   */
  readonly secretName?: string;

  /**
   * Major version and image of the server.
   * @default PostgresVersion.V15
   */
  readonly version?: PostgresVersion;

  /**
   * Size of the volume.
   * @default Size.gibibytes(1)
   */
  readonly size?: Size;

  /**
   * StorageClass of the volume.
   * @default - the cluster's default StorageClass
   */
  readonly storageClassName?: string;

  /**
   * What the container asks for and may use.
   * @default - asks for 500m CPU and 512Mi, may use 2 CPUs, 1Gi, and 100Mi of ephemeral storage
   */
  readonly resources?: k8s.ResourceRequirements;

  /**
   * When the server gets connections.
   * @default - after 5 s, every 10 s: pg_isready answers within 5 s; not ready after 6 failures
   */
  readonly readinessProbe?: k8s.Probe;

  /**
   * When the container is started again.
   * @default - after 30 s, every 10 s: pg_isready fails to answer within 5 s, 6 times
   */
  readonly livenessProbe?: k8s.Probe;

  /**
   * What the container may do.
   * @default - nothing more than the Pod Security Standard `restricted`, in the group 0
   */
  readonly securityContext?: k8s.SecurityContext;

  /**
   * User and groups of the pod and its volumes, such as an `fsGroup` outside OpenShift.
   * @default - what OpenShift chooses for the namespace
   */
  readonly podSecurityContext?: k8s.PodSecurityContext;

  /**
   * What becomes of the volume when the StatefulSet is deleted, or scaled down.
   * @default - it is retained in both cases
   */
  readonly persistentVolumeClaimRetentionPolicy?: k8s.StatefulSetPersistentVolumeClaimRetentionPolicy;

  /**
   * PostgreSQL's `max_connections`: each plugin of the hub has a pool of its own, times replicas.
   * @default 400
   */
  readonly maxConnections?: number;

  /**
   * Number of pods. More than one is refused: the pods would be servers with different data.
   * @default 1
   */
  readonly replicas?: number;

  /**
   * What is demanded of connections; anything but `disable` needs `serverCertificate`.
   * @default PostgresTls.disable()
   */
  readonly tls?: PostgresTls;

  /**
   * The server's certificate and key.
   * @default - the server offers no TLS
   */
  readonly serverCertificate?: ServerCertificate;

  /**
   * Labels that a node must have.
   * @default - any node
   */
  readonly nodeSelector?: { [key: string]: string };

  /**
   * Taints that the pod tolerates.
   * @default - none
   */
  readonly tolerations?: k8s.Toleration[];

  /**
   * Affinity of the pod.
   * @default - none
   */
  readonly affinity?: k8s.Affinity;

  /**
   * Priority class of the pod.
   * @default - the cluster's default
   */
  readonly priorityClassName?: string;
}

/** Label of a server's pods, with its name. */
export const serverLabel = 'app';

/**
 * A single PostgreSQL server as a StatefulSet with a headless Service, as the lab runs it. Its volume outlives
 * it unless its retention policy says otherwise.
 *
 * It is not replicated and not backed up: for a hub whose data must survive the loss of a volume take an
 * operator such as CloudNativePG, or a managed service, with `ExternalPostgres`.
 */
export class PostgresStatefulSet extends Postgres {
  readonly address: PostgresAddress;
  readonly secret: DatabaseSecret;
  readonly tls: PostgresTls;
  readonly clientImage: string;
  readonly maxConnections?: number;

  /** Name of the StatefulSet and of its Service. */
  readonly name: string;

  constructor(scope: Construct, id: string, props: PostgresStatefulSetProps) {
    const checked = constructArguments('PostgresStatefulSet', scope, id, props, () => ({
      name: 'unknown',
      credentials: Credentials.fromSecret('unknown'),
    }));
    super(scope, checked.id);
    checked.reportAt(this, PostgresStatefulSet);
    props = checked.props;
    this.name = props.name;
    this.address = PostgresAddress.fromService(props.name, Chart.of(this).namespace ?? 'default', serverPort);
    this.tls = props.tls ?? PostgresTls.disable();
    this.clientImage = (props.version ?? PostgresVersion.V15).image;
    const maxConnections = props.maxConnections ?? 400;
    this.maxConnections = maxConnections;
    const labels = { [serverLabel]: props.name };
    this.secret = props.credentials._bind(this, {
      secretName: props.secretName ?? `${props.name}-secret`,
      address: this.address,
      labels,
      image: this.clientImage,
    });
    this.createStatefulSet({ ...props, maxConnections }, labels);
    this.createService(labels);
    enforce(this, postgresStatefulsetRules, () => ({ ...props, secret: this.secret }));
  }

  private createStatefulSet(
    props: PostgresStatefulSetProps & { maxConnections: number },
    labels: { [key: string]: string },
  ): void {
    const certificate = serverCertificateConfig(this, this.name, labels, props.serverCertificate);
    const container = postgresContainer({
      image: this.clientImage,
      secret: this.secret,
      secretExists: props.credentials.existingSecretName !== undefined,
      resources: props.resources,
      readinessProbe: props.readinessProbe,
      livenessProbe: props.livenessProbe,
      securityContext: props.securityContext,
      maxConnections: props.maxConnections,
    });
    const manifest = k8s.KubeStatefulSet.manifest({
      metadata: { name: this.name, labels },
      spec: {
        serviceName: this.name,
        replicas: props.replicas ?? 1,
        podManagementPolicy: 'OrderedReady',
        revisionHistoryLimit: 10,
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
        persistentVolumeClaimRetentionPolicy: props.persistentVolumeClaimRetentionPolicy ?? {
          whenDeleted: 'Retain',
          whenScaled: 'Retain',
        },
        selector: { matchLabels: labels },
        volumeClaimTemplates: [volumeClaim(props)],
        template: {
          metadata: { labels },
          spec: {
            restartPolicy: 'Always',
            dnsPolicy: 'ClusterFirst',
            schedulerName: 'default-scheduler',
            serviceAccount: 'default',
            serviceAccountName: 'default',
            automountServiceAccountToken: false,
            terminationGracePeriodSeconds: 30,
            securityContext: props.podSecurityContext ?? {},
            nodeSelector: props.nodeSelector,
            tolerations: props.tolerations,
            affinity: props.affinity,
            priorityClassName: props.priorityClassName,
            containers: [
              {
                ...container,
                volumeMounts: [...(container.volumeMounts ?? []), ...certificate.volumeMounts],
              },
            ],
            volumes: [{ name: 'dshm', emptyDir: { medium: 'Memory' } }, ...certificate.volumes],
          },
        },
      },
    });
    // The API server writes the claim's type into the template; without it every comparison differs.
    manifest.spec.volumeClaimTemplates[0] = { ...claimType, ...manifest.spec.volumeClaimTemplates[0] };
    this.node.defaultChild = new ManifestObject(this, 'stateful-set', manifest);
  }

  private createService(labels: { [key: string]: string }): void {
    new k8s.KubeService(this, 'service', {
      metadata: { name: this.name, labels },
      spec: {
        type: 'ClusterIP',
        clusterIp: 'None',
        internalTrafficPolicy: 'Cluster',
        selector: labels,
        ports: [{ protocol: 'TCP', port: serverPort, targetPort: k8s.IntOrString.fromNumber(serverPort) }],
      },
    });
  }
}

function volumeClaim(props: PostgresStatefulSetProps): k8s.KubePersistentVolumeClaimProps {
  const size = props.size ?? Size.gibibytes(1);
  return {
    metadata: { name: 'data' },
    spec: {
      accessModes: ['ReadWriteOnce'],
      volumeMode: 'Filesystem',
      storageClassName: props.storageClassName,
      resources: { requests: { storage: k8s.Quantity.fromString(size.asString()) } },
    },
  };
}

const claimType = { apiVersion: 'v1', kind: 'PersistentVolumeClaim' };
