import { rhdhGroup } from './rhdh';

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
   * @default - every release up to the newest
   */
  readonly until?: string;
  /** What to write where the release lacks the field. */
  readonly instead: string;
}

const releases = ['1.7', '1.8', '1.9', '1.10', '2.0'];

const selector = 'leave out containers: the variable or file then goes to backstage-backend only';

/** Which fields came and went, read from the schemas of the operator's releases. */
const fields: readonly FieldAvailability[] = [
  { path: 'spec.monitoring', since: '1.8', instead: 'leave out monitoring' },
  { path: 'spec.application.appConfig.configMaps[].containers', since: '1.8', instead: selector },
  { path: 'spec.application.extraEnvs.envs[].containers', since: '1.8', instead: selector },
  { path: 'spec.application.extraEnvs.configMaps[].containers', since: '1.8', instead: selector },
  { path: 'spec.application.extraEnvs.secrets[].containers', since: '1.8', instead: selector },
  { path: 'spec.application.extraFiles.configMaps[].containers', since: '1.8', instead: selector },
  { path: 'spec.application.extraFiles.secrets[].containers', since: '1.8', instead: selector },
  { path: 'spec.application.extraFiles.pvcs[].containers', since: '1.8', instead: selector },
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

/** In which version of the Backstage API a field came (`v1alpha<n>`), and which is the last that has it, by the CRDs. */
const apiFields: readonly { readonly path: string; readonly since?: number; readonly until?: number }[] = [
  { path: 'spec.deployment', since: 2 },
  { path: 'spec.application.appConfig.configMaps[].mountPath', since: 3 },
  { path: 'spec.application.extraFiles.configMaps[].mountPath', since: 3 },
  { path: 'spec.application.extraFiles.secrets[].mountPath', since: 3 },
  { path: 'spec.application.extraFiles.pvcs', since: 3 },
  { path: 'spec.application.appConfig.configMaps[].containers', since: 4 },
  { path: 'spec.application.extraEnvs.envs[].containers', since: 4 },
  { path: 'spec.application.extraEnvs.configMaps[].containers', since: 4 },
  { path: 'spec.application.extraEnvs.secrets[].containers', since: 4 },
  { path: 'spec.application.extraFiles.configMaps[].containers', since: 4 },
  { path: 'spec.application.extraFiles.secrets[].containers', since: 4 },
  { path: 'spec.application.extraFiles.pvcs[].containers', since: 4 },
  { path: 'spec.monitoring', since: 4 },
  { path: 'spec.deployment.kind', since: 5 },
  { path: 'spec.flavours', since: 5 },
  { path: 'spec.application.image', until: 4 },
  { path: 'spec.application.imagePullSecrets', until: 4 },
  { path: 'spec.application.replicas', until: 4 },
];

/** Paths of the fields that a version of the Backstage API lacks, which an API server drops without a word. */
export function fieldsLackedBy(apiVersion: string): string[] {
  const version = Number(/v1alpha(\d+)$/.exec(apiVersion)?.[1] ?? Infinity);
  return apiFields
    .filter(({ since = 0, until = Infinity }) => version < since || version > until)
    .map(({ path }) => path);
}

/** By z-stream, the first where none is said (`dynamic-plugins.yaml` of the operator's default configuration at its tags). */
const orchestratorVersions: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  '1.7': [[/^1\.7\.\d+$/, '1.7.1']],
  '1.8': [
    [/^1\.8\.[0-4]$/, '1.8.2'],
    [/^1\.8\.5$/, '1.8.9'],
    [/^1\.8\.[67]$/, '1.8.12'],
  ],
};

/** Types of connections that not every release knows, each with the first that does (backend-defaults, postgres). */
const connectionTypes: Readonly<Record<string, string>> = { azure: '1.10', rds: '2.0' };

/**
 * A release of Red Hat Developer Hub: what its operator understands and where its plugins are.
 */
export class RhdhRelease {
  /** RHDH 1.7. Its operator always creates a SonataFlowPlatform of its own for the orchestrator. */
  static readonly V1_7 = new RhdhRelease('1.7', 'v1alpha3', ['v1alpha1', 'v1alpha2', 'v1alpha3']);
  /** RHDH 1.8, the lab's release. */
  static readonly V1_8 = new RhdhRelease('1.8', 'v1alpha4', ['v1alpha1', 'v1alpha2', 'v1alpha3', 'v1alpha4']);
  /** RHDH 1.9. */
  static readonly V1_9 = new RhdhRelease('1.9', 'v1alpha5', ['v1alpha3', 'v1alpha4', 'v1alpha5']);
  /** RHDH 1.10. */
  static readonly V1_10 = new RhdhRelease('1.10', 'v1alpha5', ['v1alpha4', 'v1alpha5']);

  /**
   * RHDH 2.0: a preview, of what the operator's main branch had in August 2026. Lists of plugins have `enabled`, an
   * app-config ConfigMap has one file.
   */
  static readonly V2_0 = new RhdhRelease('2.0', 'v1alpha5', ['v1alpha4', 'v1alpha5']);

  private constructor(
    /** The release, e.g. `1.8`. */
    readonly name: string,
    private readonly storageVersion: string,
    private readonly servedVersions: readonly string[],
    /** The z-stream, e.g. `1.8.7`; none if it was not said. */
    readonly zStream?: string,
  ) {}

  /**
   * The release in one z-stream, which decides the versions of the orchestrator's plugins in 1.8: the operator has the
   * checksums of its own versions only, and the installer ends at a package without.
   * @param zStream e.g. `1.8.7`
   */
  withZStream(zStream: string): RhdhRelease {
    return new RhdhRelease(this.name, this.storageVersion, this.servedVersions, String(zStream));
  }

  /**
   * Whether the z-stream, if one was said, is one of the release.
   * @internal
   */
  get _isZStreamOwn(): boolean {
    return this.zStream === undefined || /^\.\d+$/.test(this.zStream.replace(this.name, ''));
  }

  /** `apiVersion` of the Backstage resource. */
  get apiVersion(): string {
    return `${rhdhGroup}/${this.storageVersion}`;
  }

  /** Every `apiVersion` of the Backstage resource that the release serves. */
  get servedApiVersions(): string[] {
    return this.servedVersions.map((version) => `${rhdhGroup}/${version}`);
  }

  /**
   * Whether a plugin's `dependencies` can be overridden, so that the operator does not create a
   * SonataFlowPlatform on the local database.
   */
  get dropsPluginDependencies(): boolean {
    return this.isAtLeast('1.8');
  }

  /** Whether the `lightspeed` flavour is on unless it is disabled. */
  get hasLightspeedFlavour(): boolean {
    return this.name === '1.10';
  }

  /** Whether the Backstage resource has flavours. */
  get hasFlavours(): boolean {
    return this.isAtLeast('1.10');
  }

  /**
   * Whether a variable of `extraEnvs` takes the place of one that its container has, where earlier releases append it
   * (rhdh-operator, setOrAppendEnvVar).
   * @internal
   */
  get _replacesVariables(): boolean {
    return this.isAtLeast('1.9');
  }

  /** Whether lists of plugins have `enabled`, which wins over `disabled`. */
  get readsEnabled(): boolean {
    return this.isAtLeast('2.0');
  }

  /** Whether the installer refuses a plugin that stands in a list twice, in whichever versions. */
  get refusesDuplicatePlugins(): boolean {
    return this.isAtLeast('1.9');
  }

  /** Whether a ConfigMap of app-config files may have one file alone. */
  get takesOneConfigFile(): boolean {
    return this.isAtLeast('2.0');
  }

  /** Whether the annotation `rhdh.redhat.com/idle` stops the hub. */
  get hasIdle(): boolean {
    return this.isAtLeast('2.0');
  }

  /** Whether the orchestrator's plugins come from npm, and so need the version of the z-stream and its checksum. */
  get hasNpmOrchestrator(): boolean {
    return !this.isAtLeast('1.9');
  }

  /** Versions of the orchestrator's npm plugins whose checksums the operator of this z-stream has; none if not known. */
  get orchestratorVersion(): string | undefined {
    const streams = orchestratorVersions[this.name];
    return this.zStream === undefined
      ? streams?.[0][1]
      : streams?.find(([stream]) => stream.test(this.zStream!))?.[1];
  }

  /** The values of `backend.database.connection.type` that its Backstage knows. */
  get connectionTypes(): string[] {
    const later = Object.entries(connectionTypes).filter(([, since]) => this.isAtLeast(since));
    return ['default', 'cloudsql', ...later.map(([type]) => type)];
  }

  /** Whether the release is the named one or newer. */
  private isAtLeast(release: string): boolean {
    return releases.indexOf(this.name) >= releases.indexOf(release);
  }

  /** Fields of the Backstage resource that the release lacks and others have. */
  get missingFields(): FieldAvailability[] {
    return fields.filter(
      ({ since, until }) =>
        (since !== undefined && !this.isAtLeast(since)) ||
        (until !== undefined && this.isAtLeast(until) && this.name !== until),
    );
  }

  /** Packages of the orchestrator's four plugins, the frontend first, in the order of the lab. */
  get orchestratorPackages(): OrchestratorPackages {
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
    return this._npmOrchestrator(this.orchestratorVersion ?? 'unknown');
  }

  /** @internal */
  _npmOrchestrator(version: string): OrchestratorPackages {
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
