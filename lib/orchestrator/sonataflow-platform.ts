import { Chart } from 'cdk8s';
import type { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { standInPostgres } from '../database/stand-in-postgres';
import { constructArguments } from '../api/arguments';
import {
  SonataFlowPlatform as PlatformResource,
  type SonataFlowPlatformSpecServicesDataIndex,
  type SonataFlowPlatformSpecServicesJobService,
} from '../../imports/sonataflowplatform';
import { noteDemand } from '../database/connection-demand';
import { CreateDatabase } from '../database/create-database';
import type { IPostgres } from '../database/postgres';
import { ManifestObject } from '../manifest/manifest-object';
import { enforce } from '../rules/rule';
import { type PlainVariable, reactiveDatasource } from './reactive-datasource';
import { sonataflowPlatformRules } from './rules';
import {
  dataIndexUrl,
  orchestratorDatabase,
  type PlatformService,
  propertiesName,
  serviceName,
} from '../operators/sonataflow';

/** Most connections of one datasource (Quarkus, `quarkus.datasource.jdbc.max-size` and `….reactive.max-size`). */
export const quarkusPoolSize = 20;

/** Properties of {@link SonataFlowPlatform}. */
export interface SonataFlowPlatformProps {
  /** Server on which data index and jobs service keep their data. */
  readonly postgres: IPostgres;

  /**
   * Name of the SonataFlowPlatform resource.
   * @default 'sonataflow-platform'
   */
  readonly name?: string;

  /**
   * Database of data index and jobs service; each has a schema of its own in it.
   * @default 'backstage_plugin_orchestrator'
   */
  readonly databaseName?: string;

  /**
   * Name of the Job that creates the database.
   * @default 'create-sonataflow-database'
   */
  readonly databaseJobName?: string;

  /**
   * Whether metrics are scraped.
   * @default true
   */
  readonly monitoring?: boolean;
}

/** The SonataFlowPlatform: data index and jobs service on one database, and the Job that creates it. */
export class SonataFlowPlatform extends Construct {
  /** Name of the SonataFlowPlatform resource. */
  readonly name: string;
  /** Server of the database. */
  readonly postgres: IPostgres;
  /** Database of data index, jobs service and, unless they say otherwise, workflows. */
  readonly databaseName: string;
  /** Namespace of the platform's chart. */
  readonly namespace?: string;

  constructor(scope: Construct, id: string, props: SonataFlowPlatformProps) {
    const checked = constructArguments('SonataFlowPlatform', scope, id, props, () => ({
      postgres: standInPostgres(),
    }));
    super(scope, checked.id);
    checked.reportAt(this, SonataFlowPlatform);
    props = checked.props;
    this.name = props.name ?? 'sonataflow-platform';
    this.postgres = props.postgres;
    this.databaseName = props.databaseName ?? orchestratorDatabase;
    this.namespace = Chart.of(this).namespace;
    new CreateDatabase(this, 'database', {
      postgres: props.postgres,
      databaseName: this.databaseName,
      jobName: props.databaseJobName ?? 'create-sonataflow-database',
    });
    const manifest = PlatformResource.manifest({
      metadata: { name: this.name },
      spec: {
        monitoring: { enabled: props.monitoring ?? true },
        services: { dataIndex: this.dataIndex(), jobService: this.jobsService() },
      },
    });
    const resource = new ManifestObject(this, 'platform', manifest);
    noteDemand(props.postgres, () => [
      { client: `data index of ${this.name}`, connections: quarkusPoolSize },
      { client: `jobs service of ${this.name}, two datasources`, connections: 2 * quarkusPoolSize },
    ]);
    this.node.defaultChild = resource;
    enforce(this, sonataflowPlatformRules, () => ({ platform: this, resource }));
  }

  /** URL of the data index, as the orchestrator's plugins reach it. */
  get dataIndexUrl(): string {
    return dataIndexUrl(this.name, this.namespace);
  }

  private dataIndex(): SonataFlowPlatformSpecServicesDataIndex {
    return this.service('data-index-service', []);
  }

  private jobsService(): SonataFlowPlatformSpecServicesJobService {
    const schema = serviceName(this.name, 'jobs-service');
    return this.service('jobs-service', reactiveDatasource(this.postgres, this.databaseName, schema));
  }

  private service(service: PlatformService['suffix'], env: PlainVariable[]) {
    const deployment = serviceName(this.name, service);
    const { volumes, volumeMounts, ...postgresql } = this.postgres.sonataFlowPersistence({
      database: this.databaseName,
      schema: deployment,
      schemaIsDefault: true,
    });
    const files = withOperatorConfig(deployment, volumes, volumeMounts);
    const container = { env: env.length > 0 ? env : undefined, volumeMounts: files?.volumeMounts };
    const podTemplate = files || env.length > 0 ? { volumes: files?.volumes, container } : undefined;
    return { enabled: true, persistence: { postgresql }, podTemplate };
  }
}

/**
 * The operator replaces its own volumes and mounts by those of `podTemplate`, so whoever adds one repeats the
 * operator's (sonataflow-operator, platform/services: volume `application-config`).
 */
function withOperatorConfig(deployment: string, volumes: k8s.Volume[], volumeMounts: k8s.VolumeMount[]) {
  return volumes.length === 0
    ? undefined
    : {
        volumes: [
          { name: 'application-config', configMap: { name: propertiesName(deployment) } },
          ...volumes,
        ],
        volumeMounts: [{ name: 'application-config', mountPath: '/home/kogito/config' }, ...volumeMounts],
      };
}
