import type { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { standInHub } from './stand-in-hub';
import { constructArguments } from '../api/arguments';
import { CreateDatabase } from '../database/create-database';
import { enforce } from '../rules/rule';
import type { HubBase } from './hub-base';
import { ContainerPatch, VolumePatch } from './pod-patch';
import { lightspeedRules } from './rules';
import { lightspeedDatabase } from '../operators/rhdh';

/** Properties of {@link Lightspeed}. */
export interface LightspeedProps {
  /** The hub that gets the sidecars; connect it to its database first. */
  readonly hub: HubBase;

  /**
   * Database of the chat histories; `lightspeed-stack.yaml` must name the same.
   * @default 'rhdh-ls'
   */
  readonly databaseName?: string;

  /**
   * Name of the Job that creates the database.
   * @default - `create-lightspeed-database-<hub>`
   */
  readonly jobName?: string;

  /**
   * ConfigMap with `lightspeed-stack.yaml`.
   * @default 'lightspeed-stack'
   */
  readonly stackConfigMapName?: string;

  /**
   * Secrets with the model provider's settings, for Llama Stack.
   * @default ['llama-stack-secrets', 'rhdh-secrets']
   */
  readonly llamaStackSecretNames?: string[];

  /**
   * Secrets for Lightspeed Core.
   * @default ['rhdh-secrets']
   */
  readonly lightspeedCoreSecretNames?: string[];

  /**
   * Image of Llama Stack.
   * @default 'quay.io/redhat-ai-dev/llama-stack:0.1.1'
   */
  readonly llamaStackImage?: string;

  /**
   * Image of Lightspeed Core.
   * @default 'quay.io/lightspeed-core/lightspeed-stack:dev-20251021-ee9f08f'
   */
  readonly lightspeedCoreImage?: string;

  /**
   * Image with the documentation that answers are drawn from.
   * @default 'quay.io/redhat-ai-dev/rag-content:release-1.8-lcs'
   */
  readonly ragContentImage?: string;
}

/**
 * What the Pod Security Standard `restricted` demands of each container, and what OpenShift's security context constraints
 * give one that says nothing: the images run there as any user.
 */
const securityContext: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

const copyRagData =
  "echo 'Copying RAG data...'; cp -r /rag/vector_db/rhdh_product_docs /data/ && cp -r /rag/embeddings_model /data/ && echo 'Copy complete.'";

/**
 * Developer Lightspeed as sidecars of the hub (RHDH 1.8 and 1.9), with a Job that creates the database of its
 * chat histories.
 */
export class Lightspeed extends Construct {
  /** Database of the chat histories. */
  readonly databaseName: string;

  constructor(scope: Construct, id: string, props: LightspeedProps) {
    const checked = constructArguments('Lightspeed', scope, id, props, () => ({ hub: standInHub() }));
    super(scope, checked.id);
    checked.reportAt(this, Lightspeed);
    props = checked.props;
    this.databaseName = props.databaseName ?? lightspeedDatabase;
    enforce<LightspeedProps>(this, lightspeedRules, () => props);
    const postgres = props.hub.database;
    if (postgres === undefined) return;
    const { hub } = props;
    const login = postgres.sidecarEnvironment();
    const secrets = (names: string[]) => [
      ...names.map((name) => ({ secretRef: { name } })),
      ...login.envFrom,
    ];
    const env = login.env.length > 0 ? login.env : undefined;
    this.addVolumes(hub, props.stackConfigMapName ?? 'lightspeed-stack', login.volumes);
    hub.addInitContainer(
      ContainerPatch.merge({
        name: 'init-rag-data',
        image: props.ragContentImage ?? 'quay.io/redhat-ai-dev/rag-content:release-1.8-lcs',
        command: ['sh', '-c', copyRagData],
        securityContext,
        volumeMounts: [{ name: ragData, mountPath: '/data' }],
      }),
    );
    hub.addContainer(
      ContainerPatch.merge({
        name: 'llama-stack',
        image: props.llamaStackImage ?? 'quay.io/redhat-ai-dev/llama-stack:0.1.1',
        envFrom: secrets(props.llamaStackSecretNames ?? ['llama-stack-secrets', 'rhdh-secrets']),
        env,
        securityContext,
        volumeMounts: [...llamaStackMounts, ...login.volumeMounts],
      }),
    );
    hub.addContainer(
      ContainerPatch.merge({
        name: 'lightspeed-core',
        image: props.lightspeedCoreImage ?? 'quay.io/lightspeed-core/lightspeed-stack:dev-20251021-ee9f08f',
        envFrom: secrets(props.lightspeedCoreSecretNames ?? ['rhdh-secrets']),
        env,
        securityContext,
        volumeMounts: [...lightspeedCoreMounts, ...login.volumeMounts],
      }),
    );
    new CreateDatabase(this, 'database', {
      postgres,
      databaseName: this.databaseName,
      jobName: props.jobName ?? `create-lightspeed-database-${hub.name}`,
    });
  }

  private addVolumes(hub: HubBase, stackConfigMapName: string, login: k8s.Volume[]): void {
    hub.addVolume(VolumePatch.merge({ name: stackVolume, configMap: { name: stackConfigMapName } }));
    hub.addVolume(VolumePatch.merge({ name: sharedVolume, emptyDir: {} }));
    hub.addVolume(VolumePatch.merge({ name: ragData, emptyDir: {} }));
    login.forEach((volume) => hub.addVolume(VolumePatch.merge(volume)));
  }
}

const stackVolume = 'lightspeed-stack';
const sharedVolume = 'shared-storage';
const ragData = 'rag-data-volume';

const llamaStackMounts: k8s.VolumeMount[] = [
  { name: sharedVolume, mountPath: '/app-root/.llama' },
  { name: ragData, mountPath: '/app-root/embeddings_model', subPath: 'embeddings_model' },
  { name: ragData, mountPath: '/app-root/vector_db/rhdh_product_docs', subPath: 'rhdh_product_docs' },
];

const lightspeedCoreMounts: k8s.VolumeMount[] = [
  { name: stackVolume, mountPath: '/app-root/lightspeed-stack.yaml', subPath: 'lightspeed-stack.yaml' },
  { name: sharedVolume, mountPath: '/tmp/data/feedback' },
  { name: sharedVolume, mountPath: '/tmp/data/transcripts' },
  { name: sharedVolume, mountPath: '/tmp/data/conversations' },
];
