/** A variable of the hub with a plain value. */
export interface HubVariable {
  /** Name of the variable. */
  readonly name: string;
  /** Its value. */
  readonly value: string;
  /**
   * Containers that get it; `['*']` for all, init containers included.
   * @default - backstage-backend only
   */
  readonly containers?: string[];
}

/** A Secret or ConfigMap whose keys become variables of the hub. */
export interface HubVariableSource {
  /** Name of the Secret or ConfigMap. */
  readonly name: string;
  /**
   * The one key to take; the variable gets its name.
   * @default - all keys
   */
  readonly key?: string;
  /**
   * Containers that get the variables; `['*']` for all, init containers included.
   * @default - backstage-backend only
   */
  readonly containers?: string[];
}

/** Variables of the hub: `spec.application.extraEnvs`. */
export interface ExtraEnvs {
  /**
   * Plain values.
   * @default - none
   */
  readonly envs?: HubVariable[];
  /**
   * From ConfigMaps.
   * @default - none
   */
  readonly configMaps?: HubVariableSource[];
  /**
   * From Secrets.
   * @default - none
   */
  readonly secrets?: HubVariableSource[];
}

/** A Secret, ConfigMap or claim whose content becomes files of the hub. */
export interface HubFileSource {
  /** Name of the Secret, ConfigMap or PersistentVolumeClaim. */
  readonly name: string;
  /**
   * The one key to mount; not for a claim.
   * @default - all keys
   */
  readonly key?: string;
  /**
   * Folder of the files. A Secret needs this or `key`. Without `key` the whole folder is mounted, and the
   * operator does not restart the hub when the content changes.
   * @default - the `mountPath` of the list
   */
  readonly mountPath?: string;
  /**
   * Containers that get the files; `['*']` for all, init containers included.
   * @default - backstage-backend only
   */
  readonly containers?: string[];
}

/** Files of the hub: `spec.application.extraFiles`. */
export interface ExtraFiles {
  /**
   * Folder of the files that state none of their own.
   * @default - the operator's, /opt/app-root/src
   */
  readonly mountPath?: string;
  /**
   * From ConfigMaps.
   * @default - none
   */
  readonly configMaps?: HubFileSource[];
  /**
   * From Secrets.
   * @default - none
   */
  readonly secrets?: HubFileSource[];
  /**
   * From PersistentVolumeClaims.
   * @default - none
   */
  readonly pvcs?: HubFileSource[];
}

/** A ConfigMap with app-config files. */
export interface AppConfigSource {
  /** Name of the ConfigMap. */
  readonly name: string;
  /**
   * The one key to take.
   * @default - all keys, each a file
   */
  readonly key?: string;
}

/** The app-config files of the hub, a later one before an earlier: `spec.application.appConfig`. */
export interface AppConfigFiles {
  /**
   * Folder of the files.
   * @default - the operator's, /opt/app-root/src
   */
  readonly mountPath?: string;
  /** ConfigMaps with the files, in order. */
  readonly configMaps: AppConfigSource[];
}

/** The OpenShift Route of the hub: `spec.application.route`. */
export interface HubRoute {
  /**
   * Whether there is a Route.
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * Host name of the Route.
   * @default - chosen by OpenShift
   */
  readonly host?: string;
  /**
   * First part of the host name, in the cluster's domain; without effect where `host` is set.
   * @default - chosen by OpenShift
   */
  readonly subdomain?: string;
  /**
   * Secret of type kubernetes.io/tls with the certificate of the Route.
   * @default - the cluster's default certificate
   */
  readonly certificateSecretName?: string;
}

/** A set of defaults that the operator ships: `spec.flavours`. */
export interface HubFlavour {
  /** Name of the flavour, e.g. `lightspeed` or `orchestrator`. */
  readonly name: string;
  /** Whether it is applied. */
  readonly enabled: boolean;
}

/** The pools of connections that the hub's plugins keep open. */
export interface HubConnectionPools {
  /** Number of plugins with a database. */
  readonly plugins: number;
  /** Most connections of one plugin in one replica (knex, `pool.max`; 10 where the app-config says nothing). */
  readonly maxPerPlugin: number;
}
