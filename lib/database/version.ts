import { byFactory, made, standInFor } from '../api/arguments';

/**
 * Red Hat's PostgreSQL 15 of RHEL 9, the image that the RHDH operator uses for its local database, pinned by
 * digest. It holds the server, the client tools, bash and curl.
 */
const postgres15Image =
  'registry.redhat.io/rhel9/postgresql-15@sha256:ce71be9b4c01da3dec635c0c6cd40b117671b01271669f242998f6725e92c7e2';

/**
 * The images of RHEL 9 by PostgreSQL's major version. Only 15 is pinned here, as the lab pins it; a newer one
 * is followed by its tag, so pin it with `image` once you have tested it.
 */
export class PostgresVersion {
  /** PostgreSQL 15, pinned by digest. */
  static readonly V15 = new PostgresVersion(byFactory, 15, postgres15Image);
  /** PostgreSQL 16, by tag. */
  static readonly V16 = new PostgresVersion(byFactory, 16, 'registry.redhat.io/rhel9/postgresql-16:latest');

  /**
   * A version of your own registry.
   * @param major major version of the server in the image
   * @param image image with the layout of Red Hat's (sclorg), best pinned by digest
   */
  static of(major: number, image: string): PostgresVersion {
    return made(
      'PostgresVersion.of',
      { major, image },
      () => new PostgresVersion(byFactory, major, image),
      unknown,
    );
  }

  private constructor(
    key: symbol,
    /** PostgreSQL's major version. */
    readonly major: number,
    /** Reference of the container image. */
    readonly image: string,
  ) {
    if (key !== byFactory) return standInFor('PostgresVersion', unknown());
  }
}

const unknown = () => PostgresVersion.of(15, postgres15Image);
