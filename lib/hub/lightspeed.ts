import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { CreateDatabase } from '../database/create-database';
import { enforce } from '../rules/rule';
import { HubBase } from './hub-base';
import { ContainerPatch, VolumePatch } from './pod-patch';
import { LIGHTSPEED_RULES } from './rules';
import { LIGHTSPEED_DATABASE } from '../operators/rhdh';

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

const COPY_RAG_DATA =
  "echo 'Copying RAG data...'; cp -r /rag/vector_db/rhdh_product_docs /data/ && cp -r /rag/embeddings_model /data/ && echo 'Copy complete.'";

/**
 * Developer Lightspeed as sidecars of the hub (RHDH 1.8 and 1.9), with a Job that creates the database of its
 * chat histories.
 */
export class Lightspeed extends Construct {
  /** Database of the chat histories. */
  public readonly databaseName: string;

  constructor(scope: Construct, id: string, props: LightspeedProps) {
    super(scope, id);
    this.databaseName = props.databaseName ?? LIGHTSPEED_DATABASE;
    enforce<LightspeedProps>(this, LIGHTSPEED_RULES, () => props);
    const postgres = props.hub.database;
    if (postgres === undefined) {
      return;
    }
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
        command: ['sh', '-c', COPY_RAG_DATA],
        volumeMounts: [{ name: RAG_DATA, mountPath: '/data' }],
      }),
    );
    hub.addContainer(
      ContainerPatch.merge({
        name: 'llama-stack',
        image: props.llamaStackImage ?? 'quay.io/redhat-ai-dev/llama-stack:0.1.1',
        envFrom: secrets(props.llamaStackSecretNames ?? ['llama-stack-secrets', 'rhdh-secrets']),
        env,
        volumeMounts: [...LLAMA_STACK_MOUNTS, ...login.volumeMounts],
      }),
    );
    hub.addContainer(
      ContainerPatch.merge({
        name: 'lightspeed-core',
        image: props.lightspeedCoreImage ?? 'quay.io/lightspeed-core/lightspeed-stack:dev-20251021-ee9f08f',
        envFrom: secrets(props.lightspeedCoreSecretNames ?? ['rhdh-secrets']),
        env,
        volumeMounts: [...LIGHTSPEED_CORE_MOUNTS, ...login.volumeMounts],
      }),
    );
    new CreateDatabase(this, 'database', {
      postgres,
      databaseName: this.databaseName,
      jobName: props.jobName ?? `create-lightspeed-database-${hub.name}`,
    });
  }

  private addVolumes(hub: HubBase, stackConfigMapName: string, login: k8s.Volume[]): void {
    hub.addVolume(VolumePatch.merge({ name: STACK, configMap: { name: stackConfigMapName } }));
    hub.addVolume(VolumePatch.merge({ name: SHARED, emptyDir: {} }));
    hub.addVolume(VolumePatch.merge({ name: RAG_DATA, emptyDir: {} }));
    login.forEach((volume) => hub.addVolume(VolumePatch.merge(volume)));
  }
}

const STACK = 'lightspeed-stack';
const SHARED = 'shared-storage';
const RAG_DATA = 'rag-data-volume';

const LLAMA_STACK_MOUNTS: k8s.VolumeMount[] = [
  { name: SHARED, mountPath: '/app-root/.llama' },
  { name: RAG_DATA, mountPath: '/app-root/embeddings_model', subPath: 'embeddings_model' },
  { name: RAG_DATA, mountPath: '/app-root/vector_db/rhdh_product_docs', subPath: 'rhdh_product_docs' },
];

const LIGHTSPEED_CORE_MOUNTS: k8s.VolumeMount[] = [
  { name: STACK, mountPath: '/app-root/lightspeed-stack.yaml', subPath: 'lightspeed-stack.yaml' },
  { name: SHARED, mountPath: '/tmp/data/feedback' },
  { name: SHARED, mountPath: '/tmp/data/transcripts' },
  { name: SHARED, mountPath: '/tmp/data/conversations' },
];
