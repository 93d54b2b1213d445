import { accepts, notMade } from '../api/arguments';
import { posix } from 'node:path';
import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { CertificateAuthority } from '../database/certificate-authority';
import { noteDemand } from '../database/connection-demand';
import { noteHub } from '../database/hubs-on-server';
import { authorityVolumes } from '../database/container-environment';
import { type LoginNames, loginVariables } from '../database/login-variables';
import { loginParts } from '../database/secret-keys';
import type { IPostgres } from '../database/postgres';
import { hubVariables, localSecretName } from '../operators/rhdh';
import { ManifestObject } from '../manifest/manifest-object';
import type { Manifest } from '../manifest/yaml-file';
import { enforce } from '../rules/rule';
import { warn, warnLater } from '../rules/warning';
import { BackstageManifest } from './backstage-manifest';
import { enforceIfConnected, type HubOnDatabase } from './database-rules';
import { databaseWarnings } from './database-warnings';
import type { DynamicPlugins } from './dynamic-plugins';
import { unknownContainers } from './effective/container-selectors';
import { EffectiveHub } from './effective/effective-hub';
import { keysOf } from './effective/mounted-files';
import { hubConnections } from '../configuration/hub-connections';
import { openedDatabases } from '../configuration/opened-databases';
import { workingDirectory } from '../configuration/mounted-file';
import type { HubConnectionPools, HubFileSource, HubVariable, HubVariableSource } from './hub-settings';
import { localLogin, loginOf, type OldLogin, redirectLogin } from './old-login';
import { ContainerPatch, type VolumePatch } from './pod-patch';
import { fieldsLackedBy, type RhdhRelease } from '../operators/release';
import { hubFileRules, hubRules } from './rules';
import { backstageContainer } from '../operators/rhdh';

const podPath = 'spec.deployment.patch.spec.template.spec';
const extraEnvsPath = 'spec.application.extraEnvs';
const extraFilesPath = 'spec.application.extraFiles';

/** Folder of the certificates that the hub trusts beside those of Node.js. */
const authorityDirectory = '/opt/app-root/src/trusted-ca';

/** Properties of {@link HubBase}. */
export interface HubBaseProps {
  /** Release of RHDH whose operator runs the hub. */
  readonly release: RhdhRelease;

  /** The Backstage resource to begin with. */
  readonly manifest: { [key: string]: any };

  /**
   * Dynamic plugins; the ConfigMap with the list is made here.
   * @default - the ConfigMap is left alone
   */
  readonly plugins?: DynamicPlugins;

  /**
   * What the plugins' connection pools may grow to, to be checked against the server's `max_connections`.
   * @default - not known, not checked
   */
  readonly connectionPools?: HubConnectionPools;

  /**
   * Whether all databases that the hub opens are there already, so that it need not create them
   * (`ensureExists: false` in its app-config).
   * @default false
   */
  readonly databasesExist?: boolean;

  /**
   * Most replicas that the volume of the dynamic plugins allows.
   * @default - any number
   */
  readonly maxReplicas?: number;

  /**
   * Whether a SonataFlowPlatform that this app does not make serves the orchestrator. Its plugins then stay in the list.
   * @default false
   */
  readonly orchestratorElsewhere?: boolean;

  /**
   * What is wrong with what the hub is made of, for the report at synthesis.
   * @default - nothing
   */
  readonly problems?: string[];
}

/** How a hub comes to its database; see {@link HubBase.connect}. */
export interface HubConnectOptions {
  /**
   * The external server that the hub is on now. Its login is replaced wherever the resource has it: the Secret, whole or by
   * its keys, in the hub, sidecars and init containers; host and port where they are values of variables. What still names
   * the server elsewhere is refused.
   * @default - the operator's local database
   */
  readonly from?: IPostgres;
}

/** What `Hub` and `AdoptedHub` have in common: a Backstage resource, and the ways to add to it. */
export abstract class HubBase extends Construct {
  /** Name of the Backstage resource. */
  readonly name: string;
  /** Release of RHDH. */
  readonly release: RhdhRelease;
  /** The hub's dynamic plugins, the orchestrator's left out; see `OrchestratorPlugins`. */
  readonly plugins?: DynamicPlugins;

  /** @internal */
  readonly _props: HubBaseProps;
  /** @internal */
  readonly _manifest: BackstageManifest;
  /** @internal */
  readonly _problems: string[] = [];

  private connected?: IPostgres;
  private left?: IPostgres;
  private orchestrated = false;
  private readonly authorities = new Set<string>();

  protected constructor(scope: Construct, id: string, props: HubBaseProps) {
    if (new.target === HubBase) throw new Error(notMade('HubBase'));
    super(scope, id);
    this._props = props;
    this._manifest = new BackstageManifest(structuredClone(props.manifest));
    this._problems.push(...(props.problems ?? []));
    this.release = props.release;
    this.name = props.manifest.metadata?.name ?? '';
    this.plugins = props.orchestratorElsewhere ? props.plugins : props.plugins?.withoutOrchestrator();
    if (this.plugins !== undefined) this.createPlugins(this.plugins);
    this.node.defaultChild = new ManifestObject(this, 'backstage', this._manifest.json);
    this.warnOfLightspeed();
    enforce<HubBase>(this, [...hubRules, ...hubFileRules], () => this);
    enforceIfConnected(this, () => this.onDatabase());
    warnLater(this, () => [
      ...databaseWarnings(this.onDatabase()),
      ...unknownContainers(this._manifest, this.release, this._effective().containers),
    ]);
  }

  /** The database that the hub is connected to; none before `connect`. */
  get database(): IPostgres | undefined {
    return this.connected;
  }

  /** Number of pods; 1 where nothing is said. */
  get replicas(): number {
    const patched = this._manifest.get('spec.deployment.patch.spec.replicas');
    return patched ?? this._manifest.get('spec.application.replicas') ?? 1;
  }

  /**
   * Moves the hub to `database`: the operator's local one is switched off, login and TLS demand are given to
   * the hub, and every reference to the local database's Secret is turned to the new one.
   * @param options the external server that the hub leaves, if it does
   */
  connect(database: IPostgres, options: HubConnectOptions = {}): void {
    if (!accepts(this, 'HubBase.connect', { database, options })) return;
    if (this.connected !== undefined) {
      this._problems.push(
        `connect was called twice; a hub has one database: keep one call, on the database that the hub is to use`,
      );
      return;
    }
    this.connected = database;
    this._manifest.set('spec.database.enableLocalDb', false);
    this._manifest.remove('spec.database.authSecretName');
    this.left = options.from;
    const old = [localLogin(this.name), ...(options.from === undefined ? [] : [loginOf(options.from)])];
    if (options.from !== undefined) this.dropOldAuthority(options.from, database);
    const containers = this.dropOldLogin(database, old);
    this._problems.push(
      ...old.flatMap((login) => redirectLogin(this._manifest.json, login, database, this.namespace)),
    );
    const { secretName, plain, mapped, authority } = database.hubEnvironment();
    if (secretName !== undefined) this.addEnvFromSecret({ name: secretName, containers });
    plain.forEach(({ name, value }) => this.addEnv({ name, value: value as string, containers }));
    if (mapped.length > 0) {
      this.addContainer(ContainerPatch.merge({ name: backstageContainer, env: mapped }));
    }
    if (authority !== undefined) this.trust(authority);
    this.mountAuthorityForSidecars(database);
    noteHub(database, () => {
      const effective = this._effective();
      const { unknownConfigMaps } = effective;
      return { ...openedDatabases(effective), hub: this.name, unknownConfigMaps };
    });
    noteDemand(database, () => {
      const pools = this._props.connectionPools;
      const most = (pools?.plugins ?? 0) * (pools?.maxPerPlugin ?? 0) * this.replicas;
      return most > 0 ? [{ client: `hub ${this.name}`, connections: most }] : [];
    });
  }

  /** Adds a variable with a plain value, or replaces the one of this name. */
  addEnv(variable: HubVariable): void {
    if (!accepts(this, 'HubBase.addEnv', { variable })) return;
    this._manifest.put(`${extraEnvsPath}.envs`, variable);
    this.raiseApiVersion();
  }

  /**
   * Adds the keys of a Secret as variables; one that is listed already goes to the end, where it wins. Those of the
   * database win over all.
   */
  addEnvFromSecret(source: HubVariableSource): void {
    if (!accepts(this, 'HubBase.addEnvFromSecret', { source })) return;
    this.addSource('secrets', source);
    const path = `${extraEnvsPath}.secrets`;
    const login = this._manifest.list(path).find(({ name }) => name === this.connected?.secret.name);
    if (login !== undefined && source.name !== login.name) {
      this._manifest.set(path, [...this._manifest.list(path).filter((item) => item !== login), login]);
    }
  }

  /** Adds the keys of a ConfigMap as variables; one that is listed already goes to the end, where it wins. */
  addEnvFromConfigMap(source: HubVariableSource): void {
    if (!accepts(this, 'HubBase.addEnvFromConfigMap', { source })) return;
    this.addSource('configMaps', source);
  }

  /** Adds files from a Secret. */
  addFilesFromSecret(source: HubFileSource): void {
    if (!accepts(this, 'HubBase.addFilesFromSecret', { source })) return;
    this._manifest.append(`${extraFilesPath}.secrets`, source);
    this.raiseApiVersion();
  }

  /** Adds files from a ConfigMap. */
  addFilesFromConfigMap(source: HubFileSource): void {
    if (!accepts(this, 'HubBase.addFilesFromConfigMap', { source })) return;
    this._manifest.append(`${extraFilesPath}.configMaps`, source);
    this.raiseApiVersion();
  }

  /** Adds files from a PersistentVolumeClaim. */
  addFilesFromPvc(source: HubFileSource): void {
    if (!accepts(this, 'HubBase.addFilesFromPvc', { source })) return;
    this._manifest.append(`${extraFilesPath}.pvcs`, source);
    this.raiseApiVersion();
  }

  /** Adds a container to the hub's pod, or changes one. */
  addContainer(patch: ContainerPatch): void {
    if (!accepts(this, 'HubBase.addContainer', { patch })) return;
    this._manifest.merge(`${podPath}.containers`, patch.toJson());
    this.raiseApiVersion();
  }

  /** Adds an init container to the hub's pod, or changes one. */
  addInitContainer(patch: ContainerPatch): void {
    if (!accepts(this, 'HubBase.addInitContainer', { patch })) return;
    this._manifest.merge(`${podPath}.initContainers`, patch.toJson());
    this.raiseApiVersion();
  }

  /** Adds a volume to the hub's pod, or changes one. */
  addVolume(patch: VolumePatch): void {
    if (!accepts(this, 'HubBase.addVolume', { patch })) return;
    this._manifest.merge(`${podPath}.volumes`, patch.toJson());
    this.raiseApiVersion();
  }

  /**
   * Lets Backstage trust certificates signed by `authority`, for its database and for every other server.
   * Node.js reads one such file only (`NODE_EXTRA_CA_CERTS`), so a second authority is refused.
   */
  trust(authority: CertificateAuthority): void {
    if (!accepts(this, 'HubBase.trust', { authority })) return;
    const id = `${authority.kind} ${authority.name}, key ${authority.key}`;
    if (this.authorities.has(id)) return;
    if (this.isPatchedIn(authority)) {
      this.authorities.add(id);
      return;
    }
    const path = this.mountedAuthority(authority) ?? this.mountAuthority(authority);
    const present = this._manifest
      .list(`${extraEnvsPath}.envs`)
      .find(({ name }) => name === 'NODE_EXTRA_CA_CERTS');
    if (present !== undefined && this.authorities.size === 0 && present.value !== path) {
      this.authorities.add(`file ${present.value}`);
    }
    this.authorities.add(id);
    this.addEnv({ name: 'NODE_EXTRA_CA_CERTS', value: path });
  }

  /** Whether the patch of the pod has Node.js read this authority already. */
  private isPatchedIn({ kind, name, key }: CertificateAuthority): boolean {
    if (this.authorities.size > 0 || this._manifest.get(podPath) === undefined) return false;
    const effective = this._effective();
    const path = effective.variable('NODE_EXTRA_CA_CERTS');
    const file = path === undefined ? undefined : effective.file(path);
    return file?.kind === kind && file.name === name && file.key === key;
  }

  private mountAuthority({ kind, name, key }: CertificateAuthority): string {
    const list = `${extraFilesPath}.${kind === 'Secret' ? 'secrets' : 'configMaps'}`;
    this._manifest.append(list, { name, key, mountPath: authorityDirectory });
    this.raiseApiVersion();
    return `${authorityDirectory}/${key}`;
  }

  /** Path of an authority that is among the files of the hub already; the operator can mount an object once only. */
  private mountedAuthority(authority: CertificateAuthority): string | undefined {
    const list = `${extraFilesPath}.${authority.kind === 'Secret' ? 'secrets' : 'configMaps'}`;
    const present = this._manifest
      .list(list)
      .find(
        ({ name, key = authority.key }) => name === authority.name && keysOf(key).includes(authority.key),
      );
    if (present === undefined) return undefined;
    if (!reaches(present)) present.containers = [...present.containers, backstageContainer];
    const folder = this._manifest.get(`${extraFilesPath}.mountPath`) ?? workingDirectory;
    return posix.resolve(folder, present.mountPath ?? '', authority.key);
  }

  /** The authorities that the hub was told to trust. */
  get trustedAuthorities(): string[] {
    return [...this.authorities];
  }

  /**
   * The external server that the hub leaves, if it does.
   * @internal
   */
  get _left(): IPostgres | undefined {
    return this.left;
  }

  /**
   * Whether a later stage adds the orchestrator's plugins.
   * @internal
   */
  get _orchestrated(): boolean {
    return this.orchestrated;
  }

  /** @internal */
  _markOrchestrated(): void {
    this.orchestrated = true;
    // The flavour brings what the orchestrator stage adds, and a platform on the local database.
    for (const flavour of this._manifest.list('spec.flavours')) {
      if (flavour?.name === 'orchestrator') flavour.enabled = false;
    }
  }

  /**
   * What Backstage will really see.
   * @internal
   */
  _effective(): EffectiveHub {
    const secret = this.connected?.secret;
    return new EffectiveHub({
      scope: this,
      namespace: this.namespace,
      manifest: this._manifest,
      release: this.release,
      pluginConfigs: this.plugins?._pluginConfigs ?? [],
      knownKeys: (kind, name) =>
        secret === undefined || kind !== 'Secret' || name !== secret.name
          ? []
          : Object.values(secret._keys()).filter((key) => key !== undefined),
    });
  }

  private onDatabase(): HubOnDatabase | undefined {
    const database = this.connected;
    if (database === undefined) return undefined;
    const { namespace, release, trustedAuthorities } = this;
    const effective = this._effective();
    if (effective.container === undefined) return undefined;
    return {
      effective,
      connections: hubConnections(effective),
      database,
      namespace,
      release,
      trustedAuthorities,
      databasesExist: this._props.databasesExist ?? false,
      left: this.left,
    };
  }

  /** Namespace of the hub's chart. */
  get namespace(): string | undefined {
    return Chart.of(this).namespace;
  }

  private addSource(list: string, source: HubVariableSource): void {
    const path = `${extraEnvsPath}.${list}`;
    const isSame = (item: Manifest) => item?.name === source.name && item.key === source.key;
    const present = this._manifest.list(path).filter(isSame);
    if (present.length > 0) {
      const others = this._manifest.list(path).filter((item) => !isSame(item));
      const named = [...present, source].map(({ containers }) => containers as string[] | undefined);
      const containers = named.every((names) => !names?.length)
        ? undefined
        : [...new Set(named.flatMap((names) => (names?.length ? names : [backstageContainer])))];
      const { containers: _, ...rest } = present[0];
      this._manifest.set(path, [...others, { ...rest, ...(containers && { containers }) }]);
    } else {
      this._manifest.append(path, source);
    }
    this.raiseApiVersion();
  }

  /** An API server drops fields that the version of a resource lacks; what is added here must stay. */
  private raiseApiVersion(): void {
    const { json } = this._manifest;
    const present = String(json.apiVersion);
    const lacks = (version: string) => fieldsLackedBy(version).filter((path) => this._manifest.has(path));
    const [lacked] = lacks(present);
    const served = this.release.servedApiVersions;
    const raised = served.slice(served.indexOf(present) + 1).find((version) => lacks(version).length === 0);
    if (lacked === undefined || raised === undefined || !served.includes(present)) return;
    json.apiVersion = raised;
    warn(this, `${present} has no ${lacked}, which the hub needs now: the resource is written as ${raised}`);
  }

  /** The flavour keeps its chats out of PostgreSQL, whatever the hub is connected to. */
  private warnOfLightspeed(): void {
    const said = this._manifest.list('spec.flavours').find((flavour) => flavour?.name === 'lightspeed');
    if (this.release.hasFlavours && (said?.enabled ?? this.release.hasLightspeedFlavour)) {
      warn(
        this,
        `flavour lightspeed is on${said === undefined ? ` unless it is switched off in RHDH ${this.release.name}` : ''}, and keeps ` +
          'its chats in SQLite in the pod, where they are lost with it; ' +
          "write flavours: [{ name: 'lightspeed', enabled: false }], or give its stack PostgreSQL by an own configuration",
      );
    }
  }

  private createPlugins(plugins: DynamicPlugins): void {
    new ManifestObject(this, 'dynamic-plugins', plugins._configMap());
    if (this._manifest.get('spec.application.dynamicPluginsConfigMapName') === undefined) {
      this._manifest.set('spec.application.dynamicPluginsConfigMapName', plugins.configMapName);
    }
  }

  /**
   * A login written down by hand would win over the one that is connected. Gives the containers that shared the
   * local database's Secret with Backstage, Backstage among them; none where it had the Secret alone.
   */
  private dropOldLogin(database: IPostgres, old: readonly OldLogin[]): string[] | undefined {
    const names = new Set<string>([...Object.values(hubVariables), 'PGSSLMODE']);
    const isOld = ({ name }: Manifest) => old.some(({ secret }) => secret === name);
    const keep = (path: string, wanted: (item: Manifest) => boolean) => {
      const list = this._manifest.list(path);
      if (list.some((item) => !wanted(item))) this._manifest.set(path, list.filter(wanted));
    };
    const shared = this._manifest.list(`${extraEnvsPath}.secrets`).filter(isOld);
    keep(`${extraEnvsPath}.envs`, ({ name }) => !names.has(name));
    keep(`${extraEnvsPath}.secrets`, (item) => !isOld(item));
    // One key of a Secret becomes a variable of the container, which wins over every Secret that is given whole.
    for (const path of [`${extraEnvsPath}.secrets`, `${extraEnvsPath}.configMaps`]) {
      keep(path, (item) => !names.has(item?.key) || !isForBackstageAlone(item));
    }
    for (const container of this._manifest.list(`${podPath}.containers`)) {
      if (container?.name === backstageContainer && Array.isArray(container.env)) {
        container.env = container.env.filter((variable: k8s.EnvVar) => !names.has(variable.name));
      }
    }
    old.forEach((login) => this.keepNames(shared, login, database));
    return this.sharers(shared, database);
  }

  /** The configuration may read the old Secret's keys as variables, which then hold the new login. */
  private keepNames(shared: readonly Manifest[], { secret, keys }: OldLogin, database: IPostgres): void {
    const given = shared.filter((item) => item.name === secret && reaches(item));
    const isGiven = (key: string) => given.some((item) => item.key === undefined || item.key === key);
    const ofHub = new Set<string>(Object.values(hubVariables));
    const names = loginParts.map((part) => {
      const key = keys[part];
      return [part, key !== undefined && isGiven(key) && !ofHub.has(key) ? key : undefined] as const;
    });
    const env = loginVariables(database, Object.fromEntries(names) as LoginNames);
    if (env.length > 0) this.addContainer(ContainerPatch.merge({ name: backstageContainer, env }));
    const others = given.flatMap(({ key }) => key ?? []).filter((key) => !Object.values(keys).includes(key));
    this._problems.push(
      ...others
        .filter(() => secret !== localSecretName(this.name))
        .map(
          (key) =>
            `${extraEnvsPath}.secrets takes key ${key} of Secret ${secret}, which is no part of its login; ` +
            'write the value into the configuration, or take it from another Secret',
        ),
    );
  }

  private sharers(shared: readonly Manifest[], database: IPostgres): string[] | undefined {
    const containers = shared.flatMap((item) => (item.containers ?? []) as string[]);
    const others = [...new Set(containers)].filter((name) => name !== backstageContainer);
    if (others.length === 0) return undefined;
    const secrets = [...new Set(shared.map(({ name }) => name as string))].join(', ');
    if (database.tls.enabled || !database.secret.fitsHub || secrets !== localSecretName(this.name)) {
      this._problems.push(
        `${extraEnvsPath}.secrets gives Secret ${secrets} to ${others.join(', ')}, which would need ` +
          `more than Secret ${database.secret.name} whole; write envFrom at these containers in spec.deployment.patch instead, ` +
          'which is turned to all that they need',
      );
    }
    return others.includes('*') ? ['*'] : [backstageContainer, ...others];
  }

  /** Node.js reads one file of authorities: that of the server that the hub leaves makes room. */
  private dropOldAuthority({ tls: { authority: old } }: IPostgres, { tls: { authority } }: IPostgres): void {
    const path = old === undefined ? undefined : this.mountedAuthority(old);
    if (old === undefined || path === undefined) return;
    const list = `${extraEnvsPath}.envs`;
    const isIt = ({ name, value }: Manifest) => name === 'NODE_EXTRA_CA_CERTS' && value === path;
    this._manifest.set(
      list,
      this._manifest.list(list).filter((item) => !isIt(item)),
    );
    if (authority?.kind === old.kind && authority.name === old.name) return;
    const files = `${extraFilesPath}.${old.kind === 'Secret' ? 'secrets' : 'configMaps'}`;
    const isFile = ({ name, key }: Manifest) => name === old.name && key === old.key;
    this._manifest.set(
      files,
      this._manifest.list(files).filter((item) => !isFile(item)),
    );
  }

  private mountAuthorityForSidecars(database: IPostgres): void {
    for (const volume of authorityVolumes(database).volumes) {
      const mounted = (list: string) =>
        this._manifest
          .list(`${podPath}.${list}`)
          .some((container) =>
            (container.volumeMounts ?? []).some((mount: k8s.VolumeMount) => mount.name === volume.name),
          );
      if (mounted('containers') || mounted('initContainers')) {
        this._manifest.put(`${podPath}.volumes`, k8s.toJson_Volume(volume) as { name: string });
      }
    }
  }
}

/** Whether what has these containers is for Backstage, as it is where none are named. */
function reaches({ containers }: Manifest): boolean {
  return !containers?.length || containers.includes('*') || containers.includes(backstageContainer);
}

function isForBackstageAlone({ containers }: Manifest): boolean {
  return !containers?.length || containers.every((name: string) => name === backstageContainer);
}
