import { RHDH_GROUP } from './rhdh';

/** A field of the Backstage resource that not every release has. */
export interface FieldAvailability {
  /** Path of the field; `[]` stands for every element of a list. */
  readonly path: string;
  /**
   * First release that has the field.
   * @default - every release since 1.7
   */
  readonly since?: string;
  /**
   * Last release that has the field.
   * @default - every release up to 1.10
   */
  readonly until?: string;
  /** What to write where the release lacks the field. */
  readonly instead: string;
}

const RELEASES = ['1.7', '1.8', '1.9', '1.10'];

const SELECTOR = 'leave out containers: the variable or file then goes to backstage-backend only';

/** Which fields came and went, read from the schemas of the operator's releases. */
const FIELDS: readonly FieldAvailability[] = [
  { path: 'spec.monitoring', since: '1.8', instead: 'leave out monitoring' },
  { path: 'spec.application.appConfig.configMaps[].containers', since: '1.8', instead: SELECTOR },
  { path: 'spec.application.extraEnvs.envs[].containers', since: '1.8', instead: SELECTOR },
  { path: 'spec.application.extraEnvs.configMaps[].containers', since: '1.8', instead: SELECTOR },
  { path: 'spec.application.extraEnvs.secrets[].containers', since: '1.8', instead: SELECTOR },
  { path: 'spec.application.extraFiles.configMaps[].containers', since: '1.8', instead: SELECTOR },
  { path: 'spec.application.extraFiles.secrets[].containers', since: '1.8', instead: SELECTOR },
  { path: 'spec.application.extraFiles.pvcs[].containers', since: '1.8', instead: SELECTOR },
  {
    path: 'spec.application.replicas',
    until: '1.8',
    instead: 'write replicas of the Hub, which go to spec.deployment.patch',
  },
  {
    path: 'spec.application.image',
    until: '1.8',
    instead: 'patch the image of the container backstage-backend',
  },
  { path: 'spec.application.imagePullSecrets', until: '1.8', instead: 'patch imagePullSecrets of the pod' },
  { path: 'spec.deployment.kind', since: '1.9', instead: 'leave out deploymentKind' },
  { path: 'spec.flavours', since: '1.10', instead: 'leave out flavours' },
];

/**
 * A release of Red Hat Developer Hub: what its operator understands and where its plugins are.
 */
export class RhdhRelease {
  /** RHDH 1.7. Its operator always creates a SonataFlowPlatform of its own for the orchestrator. */
  public static readonly V1_7 = new RhdhRelease('1.7', 'v1alpha3', ['v1alpha1', 'v1alpha2', 'v1alpha3']);
  /** RHDH 1.8, the lab's release. */
  public static readonly V1_8 = new RhdhRelease('1.8', 'v1alpha4', [
    'v1alpha1',
    'v1alpha2',
    'v1alpha3',
    'v1alpha4',
  ]);
  /** RHDH 1.9. */
  public static readonly V1_9 = new RhdhRelease('1.9', 'v1alpha5', ['v1alpha3', 'v1alpha4', 'v1alpha5']);
  /** RHDH 1.10. */
  public static readonly V1_10 = new RhdhRelease('1.10', 'v1alpha5', ['v1alpha4', 'v1alpha5']);

  private constructor(
    /** The release, e.g. `1.8`. */
    public readonly name: string,
    private readonly storageVersion: string,
    private readonly servedVersions: readonly string[],
  ) {}

  /** `apiVersion` of the Backstage resource. */
  public get apiVersion(): string {
    return `${RHDH_GROUP}/${this.storageVersion}`;
  }

  /** Every `apiVersion` of the Backstage resource that the release serves. */
  public get servedApiVersions(): string[] {
    return this.servedVersions.map((version) => `${RHDH_GROUP}/${version}`);
  }

  /**
   * Whether a plugin's `dependencies` can be overridden, so that the operator does not create a
   * SonataFlowPlatform on the local database.
   */
  public get dropsPluginDependencies(): boolean {
    return this.isAtLeast('1.8');
  }

  /** Whether the `lightspeed` flavour is on unless it is disabled. */
  public get hasLightspeedFlavour(): boolean {
    return this.isAtLeast('1.10');
  }

  /** Whether the release is the named one or newer. */
  private isAtLeast(release: string): boolean {
    return RELEASES.indexOf(this.name) >= RELEASES.indexOf(release);
  }

  /** Fields of the Backstage resource that the release lacks and others have. */
  public get missingFields(): FieldAvailability[] {
    return FIELDS.filter(
      ({ since, until }) =>
        (since !== undefined && !this.isAtLeast(since)) ||
        (until !== undefined && this.isAtLeast(until) && this.name !== until),
    );
  }

  /** Packages of the orchestrator's four plugins, the frontend first, in the order of the lab. */
  public get orchestratorPackages(): OrchestratorPackages {
    if (this.isAtLeast('1.9')) {
      const image = (name: string) =>
        `oci://registry.access.redhat.com/rhdh/red-hat-developer-hub-backstage-plugin-${name}:{{inherit}}`;
      return {
        frontend: image('orchestrator'),
        backend: image('orchestrator-backend'),
        scaffolderModule: image('scaffolder-backend-module-orchestrator'),
        formWidgets: image('orchestrator-form-widgets'),
      };
    }
    const version = this.name === '1.7' ? '1.7.1' : '1.8.2';
    const npm = (name: string) => `@redhat/backstage-plugin-${name}@${version}`;
    return {
      frontend: npm('orchestrator'),
      backend: npm('orchestrator-backend-dynamic'),
      scaffolderModule: npm('scaffolder-backend-module-orchestrator-dynamic'),
      formWidgets: npm('orchestrator-form-widgets'),
    };
  }
}

/** Package references of the orchestrator's plugins in one release. */
export interface OrchestratorPackages {
  /** The pages. */
  readonly frontend: string;
  /** The backend, which reads the data index. */
  readonly backend: string;
  /** The scaffolder's actions. */
  readonly scaffolderModule: string;
  /** The widgets of workflow forms. */
  readonly formWidgets: string;
}
