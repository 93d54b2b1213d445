import type { PostgresAddress } from './address';

/** What a Secret made by `Credentials` is to hold. */
export interface SecretRequest {
  /** Name of the Secret. */
  readonly secretName: string;
  /** Address that the Secret names. */
  readonly address: PostgresAddress;
  /** Labels of the Secret and of what makes it. */
  readonly labels: { [key: string]: string };
  /** Image with bash and curl, for the Job that generates a password. */
  readonly image: string;
}
