import { Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { constructArguments, made } from '../api/arguments';
import { ManifestObject } from '../manifest/manifest-object';
import { enforce } from '../rules/rule';
import { dynamicPluginsRootRules } from './rules';
import { pluginsRoot } from '../operators/rhdh';

/** How many nodes may mount a claim for writing. */
export enum ClaimAccess {
  /** One node at a time. */
  READ_WRITE_ONCE = 'ReadWriteOnce',
  /** One pod at a time. */
  READ_WRITE_ONCE_POD = 'ReadWriteOncePod',
  /** Any number of nodes; the storage must be able to. */
  READ_WRITE_MANY = 'ReadWriteMany',
}

/** The claim in which a hub keeps its unpacked dynamic plugins. */
export interface IDynamicPluginsRoot {
  /** Name of the PersistentVolumeClaim. */
  readonly claimName: string;
  /** Most pods that can mount the claim. */
  readonly maxReplicas: number;
}

/** Properties of {@link DynamicPluginsRoot}. */
export interface DynamicPluginsRootProps {
  /**
   * Name of the PersistentVolumeClaim.
   * @default 'dynamic-plugins-root'
   */
  readonly name?: string;

  /**
   * Size of the volume.
   * @default Size.gibibytes(5)
   */
  readonly size?: Size;

  /**
   * Who may mount the volume.
   * @default ClaimAccess.READ_WRITE_ONCE
   */
  readonly access?: ClaimAccess;

  /**
   * StorageClass of the volume.
   * @default - the cluster's default StorageClass
   */
  readonly storageClassName?: string;

  /**
   * Says that all pods of the hub run on one node, so that several replicas may share a ReadWriteOnce volume.
   * @default false
   */
  readonly onOneNode?: boolean;
}

/** The claim in which a hub keeps its unpacked dynamic plugins, so that a restart does not fetch them again. */
export class DynamicPluginsRoot extends Construct implements IDynamicPluginsRoot {
  /**
   * A claim that exists already.
   * @param claimName name of the PersistentVolumeClaim
   * @param access its access mode
   */
  static fromClaimName(claimName: string, access: ClaimAccess): IDynamicPluginsRoot {
    return made(
      'DynamicPluginsRoot.fromClaimName',
      { claimName, access },
      () => ({ claimName, maxReplicas: maxReplicas(access, false) }),
      () => ({ claimName: 'unknown', maxReplicas: 1 }),
    );
  }

  readonly claimName: string;
  readonly maxReplicas: number;

  constructor(scope: Construct, id: string, props: DynamicPluginsRootProps = {}) {
    const checked = constructArguments('DynamicPluginsRoot', scope, id, props, () => ({}));
    super(scope, checked.id);
    checked.reportAt(this, DynamicPluginsRoot);
    props = checked.props;
    const access = props.access ?? ClaimAccess.READ_WRITE_ONCE;
    this.claimName = props.name ?? pluginsRoot;
    this.maxReplicas = maxReplicas(access, props.onOneNode ?? false);
    const manifest = k8s.KubePersistentVolumeClaim.manifest({
      metadata: { name: this.claimName },
      spec: {
        accessModes: [access],
        storageClassName: props.storageClassName,
        resources: {
          requests: { storage: k8s.Quantity.fromString((props.size ?? Size.gibibytes(5)).asString()) },
        },
      },
    });
    this.node.defaultChild = new ManifestObject(this, 'claim', manifest);
    enforce<IDynamicPluginsRoot>(this, dynamicPluginsRootRules, () => this);
  }
}

function maxReplicas(access: ClaimAccess, onOneNode: boolean): number {
  return access === ClaimAccess.READ_WRITE_MANY || (access === ClaimAccess.READ_WRITE_ONCE && onOneNode)
    ? Infinity
    : 1;
}
