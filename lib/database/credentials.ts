import { byFactory, made, standInFor } from '../api/arguments';
import type { Construct } from 'constructs';
import { isHalved } from '../rules/names';
import { DatabaseSecret } from './database-secret';
import { createExternalSecret, type ExternalSecretProps } from './external-secret';
import {
  createGeneratedSecret,
  generatedSecretProblems,
  type GeneratedSecretProps,
} from './generated-secret';
import { createPlainTextSecret } from './plain-text-secret';
import { hubVariables } from '../operators/rhdh';
import type { SecretKeys } from './secret-keys';
import type { SecretRequest } from './secret-request';

/** Why a value cannot reach a client by an environment variable; never shows the value. */
function textProblems(what: string, value: string): string[] {
  if (value === '') return [`${what} is empty; write one`];
  return value.includes('\0') || isHalved(value)
    ? [`${what} holds NUL or half of a surrogate pair, which no environment variable can; write another`]
    : [];
}

/** What is known of a login before its Secret is made. */
interface KnownOfLogin {
  readonly existing?: DatabaseSecret;
  readonly user?: string;
  readonly problems?: readonly string[];
}

/**
 * Where the login of a PostgreSQL server comes from. Always stated, never assumed.
 */
export class Credentials {
  /**
   * A Secret that exists already, in the namespace of the hub.
   * @param name name of the Secret
   * @param keys names of its keys where they are not `POSTGRES_USER` and `POSTGRES_PASSWORD`
   */
  static fromSecret(name: string, keys?: SecretKeys): Credentials {
    return made(
      'Credentials.fromSecret',
      { name, keys },
      () =>
        new Credentials(byFactory, 'secret', () => undefined, { existing: new DatabaseSecret(name, keys) }),
      unknown,
    );
  }

  /**
   * A password for the user `postgres`, generated in the cluster, once: a Job writes the Secret and never
   * overwrites an existing one.
   * For servers that are created with the Secret, see `PostgresStatefulSet`.
   */
  static generated(props: GeneratedSecretProps = {}): Credentials {
    const make = (scope: Construct, request: SecretRequest) => createGeneratedSecret(scope, request, props);
    return made(
      'Credentials.generated',
      { props },
      () => new Credentials(byFactory, 'generated', make, { problems: generatedSecretProblems(props) }),
      unknown,
    );
  }

  /**
   * A password that the caller knows. It stands in the bundle, only base64-encoded: whoever reads the file has
   * it.
   * @param password the password
   * @param user the user's name, by default `postgres`
   */
  static plainText(password: string, user: string = 'postgres'): Credentials {
    const make = (scope: Construct, request: SecretRequest) =>
      createPlainTextSecret(scope, request, { user, password });
    const problems = () => [
      ...textProblems('the password', password),
      ...textProblems("the user's name", user),
    ];
    return made(
      'Credentials.plainText',
      { password, user },
      () => new Credentials(byFactory, 'plain text', make, { user, problems: problems() }),
      unknown,
    );
  }

  /** A login kept in a store outside the cluster and brought by External Secrets Operator. */
  static externalSecret(props: ExternalSecretProps): Credentials {
    const make = (scope: Construct, request: SecretRequest) => createExternalSecret(scope, request, props);
    return made(
      'Credentials.externalSecret',
      { props },
      () => new Credentials(byFactory, 'external secret', make),
      unknown,
    );
  }

  private constructor(
    key: symbol,
    /** `secret`, `generated`, `plain text` or `external secret`. */
    readonly source: string,
    private readonly make: (scope: Construct, request: SecretRequest) => void,
    private readonly known: KnownOfLogin = {},
  ) {
    if (key !== byFactory) return standInFor('Credentials', unknown());
  }

  /** Name of the Secret if it exists already. */
  get existingSecretName(): string | undefined {
    return this.known.existing?.name;
  }

  /**
   * Name of the user, where it is known.
   * @internal
   */
  get _user(): string | undefined {
    return this.known.user;
  }

  /**
   * What is wrong with the values given.
   * @internal
   */
  get _problems(): readonly string[] {
    return this.known.problems ?? [];
  }

  /**
   * Creates in `scope` what makes the Secret, if anything has to, and tells its name and keys.
   * @internal
   */
  _bind(scope: Construct, request: SecretRequest): DatabaseSecret {
    this.make(scope, request);
    return this.known.existing ?? new DatabaseSecret(request.secretName, hubVariables);
  }
}

const unknown = () => Credentials.fromSecret('unknown');
