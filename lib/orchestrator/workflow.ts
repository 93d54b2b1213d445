import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { standInPlatform } from './stand-in-platform';
import { constructArguments } from '../api/arguments';
import { SonataFlow } from '../../imports/sonataflow';
import { noteDemand } from '../database/connection-demand';
import { ManifestObject } from '../manifest/manifest-object';
import { enforce } from '../rules/rule';
import { workflowRules } from './rules';
import { quarkusPoolSize, type SonataFlowPlatform } from './sonataflow-platform';
import { propertiesName, sonataflowGroup } from '../operators/sonataflow';

/** How the SonataFlow operator runs a workflow. */
export enum WorkflowProfile {
  /** From an image that was built before. */
  GITOPS = 'gitops',
  /** From an image that the operator builds in the cluster. */
  PREVIEW = 'preview',
  /** Without a build, to try it out. */
  DEV = 'dev',
}

/** Properties of {@link Workflow}. */
export interface WorkflowProps {
  /** Name of the workflow; also its schema, unless `schema` says otherwise. */
  readonly name: string;

  /** The platform that runs it, whose database it shares. */
  readonly platform: SonataFlowPlatform;

  /** The workflow in the language of the CNCF Serverless Workflow specification 0.8. */
  readonly flow: { [key: string]: any };

  /**
   * Image with the built workflow; the profile `GITOPS` needs it.
   * @default - the operator builds one
   */
  readonly image?: string;

  /**
   * Version of the workflow.
   * @default '1.0'
   */
  readonly version?: string;

  /**
   * What it does, in a sentence.
   * @default - nothing is said
   */
  readonly description?: string;

  /**
   * How the operator runs it.
   * @default WorkflowProfile.GITOPS
   */
  readonly profile?: WorkflowProfile;

  /**
   * Schema in the platform's database.
   * @default - the workflow's name
   */
  readonly schema?: string;

  /**
   * Properties of the application beside those of its persistence.
   * @default - none
   */
  readonly properties?: { [key: string]: string };

  /**
   * Number of pods.
   * @default 1
   */
  readonly replicas?: number;

  /**
   * What the container asks for and may use.
   * @default - the operator's
   */
  readonly resources?: k8s.ResourceRequirements;
}

/**
 * A workflow as a SonataFlow resource whose persistence is derived from the platform's database: a schema of
 * its own, which Flyway makes when the workflow starts.
 */
export class Workflow extends Construct {
  /** Name of the workflow. */
  readonly name: string;
  /** Schema in the platform's database. */
  readonly schema: string;

  /** @internal */
  readonly _platform: SonataFlowPlatform;

  constructor(scope: Construct, id: string, props: WorkflowProps) {
    const checked = constructArguments('Workflow', scope, id, props, () => ({
      name: 'unknown',
      platform: standInPlatform(),
      flow: {},
    }));
    super(scope, checked.id);
    checked.reportAt(this, Workflow);
    props = checked.props;
    const { platform } = props;
    this._platform = platform;
    this.name = props.name;
    this.schema = props.schema ?? props.name;
    const { volumes, volumeMounts, ...postgresql } = platform.postgres.sonataFlowPersistence({
      database: platform.databaseName,
      schema: this.schema,
    });
    new k8s.KubeConfigMap(this, 'properties', {
      metadata: { name: propertiesName(this.name) },
      data: {
        'application.properties': propertiesFile({ 'kie.flyway.enabled': 'true', ...props.properties }),
      },
    });
    const manifest = SonataFlow.manifest({
      metadata: { name: this.name, annotations: annotations(props) },
      spec: {
        flow: props.flow,
        persistence: { migrateDbOnStartUp: true, postgresql },
        podTemplate: {
          replicas: props.replicas,
          container: {
            image: props.image,
            resources: props.resources && k8s.toJson_ResourceRequirements(props.resources),
            volumeMounts: volumeMounts.length > 0 ? volumeMounts : undefined,
          },
          volumes: volumes.length > 0 ? volumes : undefined,
        },
      },
    });
    const resource = new ManifestObject(this, 'workflow', manifest);
    this.node.defaultChild = resource;
    const most = quarkusPoolSize * (props.replicas ?? 1);
    noteDemand(platform.postgres, () => [{ client: `workflow ${this.name}`, connections: most }]);
    enforce(this, workflowRules, () => ({
      ...props,
      schema: this.schema,
      namespace: Chart.of(this).namespace,
      resource,
    }));
  }
}

function annotations(props: WorkflowProps): { [key: string]: string } {
  return {
    ...(props.description === undefined ? {} : { [`${sonataflowGroup}/description`]: props.description }),
    [`${sonataflowGroup}/profile`]: props.profile ?? WorkflowProfile.GITOPS,
    [`${sonataflowGroup}/version`]: props.version ?? '1.0',
  };
}

/** A properties file of Java; keys and values are escaped as `Properties.load` reads them. */
function propertiesFile(properties: { [key: string]: string }): string {
  return Object.entries(properties)
    .map(
      ([key, value]) =>
        `${escaped(key).replace(/[ :=#!]/g, '\\$&')}=${escaped(value).replace(/^ /, '\\ ')}\n`,
    )
    .join('');
}

const escapes: { readonly [character: string]: string } = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\f': '\\f',
};

function escaped(text: string): string {
  return text.replace(/[\\\n\r\t\f]/g, (character) => escapes[character]);
}
