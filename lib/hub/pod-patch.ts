import { byFactory, made, standInFor } from '../api/arguments';
import { k8s } from 'cdk8s-plus-28';

/**
 * An element of a list in the pod, as a strategic merge patch: lists of containers and volumes are merged by
 * `name`, and `$patch` replaces or deletes an element (Kubernetes documentation, "Update API Objects in Place
 * Using kubectl patch").
 */
abstract class ElementPatch {
  /** Name of the element. */
  readonly name: string;

  protected constructor(
    name: string,
    private readonly body: { [key: string]: any },
  ) {
    this.name = name;
  }

  /** The element as it stands in `spec.deployment.patch`. */
  toJson(): any {
    return this.body;
  }
}

/** What is done to a container of the hub's pod. */
export class ContainerPatch extends ElementPatch {
  /** Merges into the container of this name, or adds it. */
  static merge(container: k8s.Container): ContainerPatch {
    const make = () => new ContainerPatch(byFactory, container.name, json(k8s.toJson_Container(container)));
    return made('ContainerPatch.merge', { container }, make, () => ContainerPatch.remove('unknown'));
  }

  /** Replaces the container of this name whole. */
  static replace(container: k8s.Container): ContainerPatch {
    const make = () =>
      new ContainerPatch(byFactory, container.name, {
        $patch: 'replace',
        ...json(k8s.toJson_Container(container)),
      });
    return made('ContainerPatch.replace', { container }, make, () => ContainerPatch.remove('unknown'));
  }

  /** Removes the container of this name. */
  static remove(name: string): ContainerPatch {
    const make = () => new ContainerPatch(byFactory, name, { $patch: 'delete', name });
    return made('ContainerPatch.remove', { name }, make, () => ContainerPatch.remove('unknown'));
  }

  private constructor(key: symbol, name: string, body: { [key: string]: any }) {
    super(name, body);
    if (key !== byFactory) return standInFor('ContainerPatch', ContainerPatch.remove('unknown'));
  }
}

/** What is done to a volume of the hub's pod. */
export class VolumePatch extends ElementPatch {
  /** Merges into the volume of this name, or adds it. */
  static merge(volume: k8s.Volume): VolumePatch {
    const make = () => new VolumePatch(byFactory, volume.name, json(k8s.toJson_Volume(volume)));
    return made('VolumePatch.merge', { volume }, make, () => VolumePatch.remove('unknown'));
  }

  /** Replaces the volume of this name whole, its kind included. */
  static replace(volume: k8s.Volume): VolumePatch {
    const make = () =>
      new VolumePatch(byFactory, volume.name, { $patch: 'replace', ...json(k8s.toJson_Volume(volume)) });
    return made('VolumePatch.replace', { volume }, make, () => VolumePatch.remove('unknown'));
  }

  /** Removes the volume of this name. */
  static remove(name: string): VolumePatch {
    const make = () => new VolumePatch(byFactory, name, { $patch: 'delete', name });
    return made('VolumePatch.remove', { name }, make, () => VolumePatch.remove('unknown'));
  }

  private constructor(key: symbol, name: string, body: { [key: string]: any }) {
    super(name, body);
    if (key !== byFactory) return standInFor('VolumePatch', VolumePatch.remove('unknown'));
  }
}

/** How the Deployment replaces its pods. */
export class StrategyPatch {
  /** Stops all pods before it starts new ones, as a ReadWriteOnce volume on several nodes demands. */
  static recreate(): StrategyPatch {
    return new StrategyPatch(byFactory, { type: 'Recreate', rollingUpdate: { $patch: 'delete' } });
  }

  /**
   * Replaces pods one after the other.
   * @param rollingUpdate limits, by default those of the Deployment
   */
  static rollingUpdate(rollingUpdate: k8s.RollingUpdateDeployment = {}): StrategyPatch {
    const make = () =>
      new StrategyPatch(byFactory, {
        type: 'RollingUpdate',
        rollingUpdate: json(k8s.toJson_RollingUpdateDeployment(rollingUpdate)),
      });
    return made('StrategyPatch.rollingUpdate', { rollingUpdate }, make, () => StrategyPatch.recreate());
  }

  private constructor(
    key: symbol,
    private readonly body: { [key: string]: any },
  ) {
    if (key !== byFactory) return standInFor('StrategyPatch', StrategyPatch.recreate());
  }

  /** The strategy as it stands in `spec.deployment.patch`. */
  toJson(): any {
    return this.body;
  }
}

/** Changes to the Deployment that the operator makes for the hub. */
export interface PodPatch {
  /**
   * Containers, the sidecars among them.
   * @default - those of the operator
   */
  readonly containers?: ContainerPatch[];

  /**
   * Init containers.
   * @default - those of the operator
   */
  readonly initContainers?: ContainerPatch[];

  /**
   * Volumes.
   * @default - those of the operator
   */
  readonly volumes?: VolumePatch[];

  /**
   * Labels that a node must have.
   * @default - any node
   */
  readonly nodeSelector?: { [key: string]: string };

  /**
   * Taints that the pods tolerate.
   * @default - none
   */
  readonly tolerations?: k8s.Toleration[];

  /**
   * Affinity of the pods.
   * @default - none
   */
  readonly affinity?: k8s.Affinity;

  /**
   * Labels of the pods beside the operator's.
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the pods beside the operator's.
   * @default - none
   */
  readonly annotations?: { [key: string]: string };

  /**
   * How pods are replaced.
   * @default - as the operator has it, a rolling update
   */
  readonly strategy?: StrategyPatch;
}

/** The members of `pod` that are not lists of named elements, as they stand in the patch. */
export function podPatchJson(pod: PodPatch): { spec: any; template: any } {
  const metadata = json({ labels: pod.labels, annotations: pod.annotations });
  const scheduling = json({
    nodeSelector: pod.nodeSelector,
    tolerations: pod.tolerations?.map(k8s.toJson_Toleration),
    affinity: k8s.toJson_Affinity(pod.affinity),
  });
  return {
    spec: json({ strategy: pod.strategy?.toJson() }),
    template: { ...(Object.keys(metadata).length > 0 ? { metadata } : {}), spec: scheduling },
  };
}

function json(value: unknown): any {
  return JSON.parse(JSON.stringify(value));
}
