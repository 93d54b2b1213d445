import { join } from 'node:path';
import type { Mount } from './container';

/** What runs here instead of an image, which cannot be pulled. */
export interface Image {
  /** Names of the images this stands for. */
  readonly names: RegExp;
  /** Entry point and its arguments, for a container without `command`. @default - there must be a `command` */
  readonly command?: readonly string[];
  /** Variables of the image. @default {} */
  readonly env?: Readonly<Record<string, string>>;
  /** @default "/" */
  readonly workingDir?: string;
  /** Files of the image. @default [] */
  readonly files?: readonly Mount[];
}

/** Number of the user of a container that names none: OpenShift gives a namespace such a range, and group 0. */
export const defaultUser = 1_000_660_000;

const folder = (name: string) => join(__dirname, 'images', name);

/**
 * PostgreSQL 15 of Debian behind the entry point of `quay.io/fedora/postgresql-15` and
 * `registry.redhat.io/rhel9/postgresql-15`; their variables are from `15/Dockerfile.rhel9` of
 * sclorg/postgresql-container.
 */
export const postgresql: Image = {
  names: /(^|\/)postgresql-15(:|@|$)/,
  command: ['/usr/local/bin/run-postgresql'],
  env: {
    HOME: '/var/lib/pgsql',
    PGUSER: 'postgres',
    POSTGRESQL_VERSION: '15',
    PATH: '/usr/lib/postgresql/15/bin:/usr/local/bin:/usr/bin:/bin',
  },
  files: [
    {
      source: join(folder('postgresql'), 'run-postgresql'),
      target: '/usr/local/bin/run-postgresql',
      readOnly: true,
    },
  ],
};

/** A session of psql in place of the Data Index, the jobs service and workflows, see `images/kogito/service`. */
export const kogito: Image = {
  names: /(^|\/)(data-index-service|jobs-service|[a-z-]+-workflow)(:|@|-|$)/,
  command: ['/usr/local/bin/service'],
  files: [{ source: join(folder('kogito'), 'service'), target: '/usr/local/bin/service', readOnly: true }],
};

/** Images of the move, without the hub's, which takes packages: {@link hubImage}. */
export const images: readonly Image[] = [postgresql, kogito];

/** A real Backstage, of the packages that `test/backstage` names, where RHDH's image has its own. */
export function hubImage(modules: string): Image {
  const source = '/opt/app-root/src';
  const backstage = join(__dirname, '../backstage');
  const file = (path: string, name: string) => ({ source: path, target: join(source, name), readOnly: true });
  return {
    names: /(^|\/)rhdh(-hub-rhel9)?(:|@|$)/,
    command: [process.execPath, '--no-node-snapshot', 'index.js', '--config', 'app-config.yaml'],
    env: { NODE_ENV: 'production' },
    workingDir: source,
    files: [
      file(modules, 'node_modules'),
      ...['package.json', 'index.js', 'app-config.yaml', 'entities.yaml'].map((name) =>
        file(join(backstage, name), name),
      ),
      file(join(folder('hub'), 'install-dynamic-plugins.sh'), 'install-dynamic-plugins.sh'),
    ],
  };
}
