import { join } from 'node:path';
import { Mount } from './container';

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
export const DEFAULT_USER = 1_000_660_000;

const folder = (name: string) => join(__dirname, 'images', name);

/**
 * PostgreSQL 15 of Debian behind the entry point of `quay.io/fedora/postgresql-15` and
 * `registry.redhat.io/rhel9/postgresql-15`; their variables are from `15/Dockerfile.rhel9` of
 * sclorg/postgresql-container.
 */
export const POSTGRESQL: Image = {
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

/** Images of the move. */
export const IMAGES: readonly Image[] = [POSTGRESQL];
