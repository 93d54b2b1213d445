import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AdoptedHub,
  Credentials,
  ExternalPostgres,
  HubApp,
  PostgresAddress,
  PostgresTls,
  RhdhRelease,
  Stage,
  StageKind,
} from '../../lib';
import { validApp } from './valid-app';

/** Texts of the files that a hub is adopted from. */
export interface Files {
  readonly backstage?: string;
  readonly plugins?: string;
  readonly appConfig?: string;
}

/** The least that a file of a Backstage resource can hold. */
export const backstage =
  'apiVersion: rhdh.redhat.com/v1alpha4\nkind: Backstage\nmetadata: { name: hub }\nspec: {}\n';

/** The same with an app-config. */
export const withAppConfig = backstage.replace(
  'spec: {}',
  'spec: { application: { appConfig: { configMaps: [{ name: config }] } } }',
);

/** What a test may change beside the files. */
export interface AdoptedChanges {
  readonly release?: RhdhRelease;
  readonly databasesExist?: boolean;
  readonly credentials?: Credentials;
  readonly address?: PostgresAddress;
  readonly maintenanceDatabase?: string;
  /** Called with the hub before and after it is connected. */
  readonly before?: (hub: AdoptedHub) => void;
  readonly after?: (hub: AdoptedHub, stage: Stage) => void;
}

/** An app whose hub is adopted from files, on a server that demands TLS. */
export const adopted =
  (files: Files, tls = PostgresTls.require(), changes: AdoptedChanges = {}) =>
  () => {
    const app = new HubApp({ outdir: validApp().app.outdir });
    const stage = new Stage(app, StageKind.BACKSTAGE, { namespace: 'rhdh' });
    const write = (name: string, text: string) => {
      writeFileSync(join(app.outdir, name), text);
      return join(app.outdir, name);
    };
    const optional = (name: string, text?: string) => (text === undefined ? undefined : write(name, text));
    const appConfig = optional('app-config.yaml', files.appConfig);
    const adoptedHub = new AdoptedHub(stage, 'hub', {
      release: changes.release ?? RhdhRelease.V1_8,
      databasesExist: changes.databasesExist,
      backstageFile: write(
        'backstage.yaml',
        files.backstage ?? (files.appConfig === undefined ? backstage : withAppConfig),
      ),
      dynamicPluginsFile: optional('plugins.yaml', files.plugins),
      appConfigFiles: appConfig === undefined ? undefined : [appConfig],
    });
    changes.before?.(adoptedHub);
    adoptedHub.connect(
      new ExternalPostgres(stage, 'postgres', {
        address: changes.address ?? PostgresAddress.fromHost('db.example.com'),
        tls,
        maintenanceDatabase: changes.maintenanceDatabase,
        credentials:
          changes.credentials ?? Credentials.fromSecret('login', { user: 'username', password: 'password' }),
      }),
    );
    changes.after?.(adoptedHub, stage);
    return app;
  };

/** The file of a ConfigMap named `config`. */
export const configMap = (key: string, text: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: config }\ndata:\n  ${key}: |\n${text.replace(/^/gm, '    ')}\n`;

/** The file of an app-config that sets `backend.database`. */
export const database = (settings: object) =>
  configMap('app-config.yaml', JSON.stringify({ backend: { database: settings } }));
