import { type ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { constructArguments } from '../api/arguments';
import { sharesNamespace } from '../rules/one-namespace';
import { enforce } from '../rules/rule';
import { stageRules } from './rules';
import type { StageKind } from './stage-kind';

/** Properties of {@link Stage}. */
export interface StageProps {
  /** Namespace of everything in the stage. */
  readonly namespace: string;

  /**
   * Labels of everything in the stage.
   * @default - none
   */
  readonly labels?: { [key: string]: string };
}

/** A step of the procedure: everything in it is applied at once, and is ready before the next stage begins. */
export class Stage extends Chart {
  /** What the stage is for. */
  readonly kind: StageKind;

  private readonly unnamed: string[] = [];

  constructor(scope: Construct, kind: StageKind, props: StageProps) {
    const checked = constructArguments('Stage', scope, kind, props, () => ({ namespace: 'unknown' }));
    super(scope, checked.id, checked.props);
    checked.reportAt(this, Stage);
    this.kind = checked.id as StageKind;
    sharesNamespace(this);
    enforce(this, stageRules, () => ({ stage: this, earlier: this.earlierStages() }));
  }

  /**
   * Paths of the objects that have no name of their own, so that cdk8s made one of the path; refused.
   * @internal
   */
  get _unnamedObjects(): string[] {
    return [...this.unnamed];
  }

  /** The name that cdk8s gives an object without one; in a stage it only lasts until the report. */
  override generateObjectName(apiObject: ApiObject): string {
    this.unnamed.push(`${apiObject.kind} at ${apiObject.node.path}`);
    return super.generateObjectName(apiObject);
  }

  private earlierStages(): Stage[] {
    const constructs = this.node.root.node.findAll();
    return constructs
      .filter((child): child is Stage => child instanceof Stage)
      .filter(({ kind }) => kind < this.kind);
  }
}
