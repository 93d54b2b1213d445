import { Construct } from 'constructs';
import { constructArguments } from '../api/arguments';
import { standInPlatform } from './stand-in-platform';
import { noteDemand } from '../database/connection-demand';
import { toYaml } from '../manifest/yaml-file';
import { enforce } from '../rules/rule';
import { workflowHelmValuesRules } from './rules';
import { quarkusPoolSize, type SonataFlowPlatform } from './sonataflow-platform';

/** Properties of {@link WorkflowHelmValues}. */
export interface WorkflowHelmValuesProps {
  /** Name of the workflow and of its Helm release. */
  readonly name: string;

  /** The platform that runs it, whose database it shares. */
  readonly platform: SonataFlowPlatform;

  /**
   * Schema in the platform's database.
   * @default - the workflow's name
   */
  readonly schema?: string;

  /**
   * Repository of the image.
   * @default - the chart's
   */
  readonly imageRepository?: string;

  /**
   * Tag of the image.
   * @default - the chart's
   */
  readonly imageTag?: string;

  /**
   * Reference of the Helm chart, for the command that is printed.
   * @default 'orchestrator-workflows/<name>'
   */
  readonly chart?: string;
}

/**
 * Values for the Helm chart of a workflow, its persistence derived from the platform's database. They are
 * written to a folder of their own, as they are no Kubernetes object.
 */
export class WorkflowHelmValues extends Construct {
  /** Name of the workflow and of its Helm release. */
  readonly name: string;
  /** Reference of the Helm chart. */
  readonly chart: string;

  private readonly props: WorkflowHelmValuesProps;

  constructor(scope: Construct, id: string, props: WorkflowHelmValuesProps) {
    const checked = constructArguments('WorkflowHelmValues', scope, id, props, () => ({
      name: 'unknown',
      platform: standInPlatform(),
    }));
    super(scope, checked.id);
    checked.reportAt(this, WorkflowHelmValues);
    props = checked.props;
    this.props = props;
    this.name = props.name;
    this.chart = props.chart ?? `orchestrator-workflows/${props.name}`;
    noteDemand(props.platform.postgres, () => [
      { client: `workflow ${this.name}`, connections: quarkusPoolSize },
    ]);
    enforce<WorkflowHelmValuesProps>(this, workflowHelmValuesRules, () => props);
  }

  /** The values, as YAML. */
  toYaml(): string {
    const { platform, imageRepository, imageTag } = this.props;
    const { secretRef, serviceRef, jdbcUrl } = platform.postgres.sonataFlowPersistence({
      database: platform.databaseName,
      schema: this.props.schema ?? this.props.name,
    });
    const sameNamespace = serviceRef?.namespace === platform.namespace;
    const service = serviceRef && {
      name: serviceRef.name,
      ...(sameNamespace ? {} : { namespace: serviceRef.namespace }),
      port: serviceRef.port ?? 5432,
      databaseName: serviceRef.databaseName,
      databaseSchema: serviceRef.databaseSchema,
    };
    const image = imageRepository || imageTag ? { repository: imageRepository, tag: imageTag } : undefined;
    return toYaml({ persistence: { postgresql: { secretRef, serviceRef: service, jdbcUrl } }, image });
  }
}
