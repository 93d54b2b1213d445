import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { enforce } from '../rules/rule';
import { STAGE_RULES } from './rules';

/**
 * The kinds of stages, in the order in which they are applied. The value is the chart's id and so the name of
 * the bundle. Numbers belong to the kind and leave gaps: adding an optional stage renames no file.
 */
export enum StageKind {
  /** The PostgreSQL server, or what is needed to reach one. */
  POSTGRES = '0000-postgres',
  /** Copying the data, before anything uses the new server. */
  MIGRATION = '0100-migration',
  /** The hub on the new server, without the orchestrator. */
  BACKSTAGE = '0200-backstage',
  /** SonataFlow's services on the new server. */
  SONATAFLOW = '0300-sonataflow',
  /** The orchestrator's plugins in the hub. */
  ORCHESTRATOR = '0400-orchestrator',
  /** Workflows. */
  WORKFLOWS = '0500-workflows',
}

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
  private readonly unnamed: string[] = [];

  constructor(
    scope: Construct,
    /** What the stage is for. */
    public readonly kind: StageKind,
    props: StageProps,
  ) {
    super(scope, kind, props);
    enforce<Stage>(this, STAGE_RULES, () => this);
  }

  /** Paths of the objects that have no name of their own, so that cdk8s made one of the path; refused. */
  public get unnamedObjects(): string[] {
    return [...this.unnamed];
  }

  /** The name that cdk8s gives an object without one; in a stage it only lasts until the report. */
  public override generateObjectName(apiObject: ApiObject): string {
    this.unnamed.push(`${apiObject.kind} at ${apiObject.node.path}`);
    return super.generateObjectName(apiObject);
  }
}
