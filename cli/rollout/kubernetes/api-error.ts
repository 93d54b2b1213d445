/** One reason of several in an API server's answer: a field, or a manager that owns it. */
export interface ErrorCause {
  readonly reason?: string;
  readonly message?: string;
  readonly field?: string;
}

/** The API server refused a request (Kubernetes API, `Status`). */
export class ApiError extends Error {
  constructor(
    /** The HTTP status: 404, 409, … */
    readonly status: number,
    /** The `reason` of the answer: `NotFound`, `Conflict`, `AlreadyExists`, `Invalid`, … */
    readonly reason: string,
    message: string,
    readonly causes: readonly ErrorCause[] = [],
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

/** The API server could not be reached, or was not ready for as long as was waited. */
export class UnreachableError extends Error {
  constructor({ server, advice }: { readonly server: string; readonly advice: string }, reason: string) {
    super(`the API server ${server} does not answer: ${reason}\n  ${advice}`);
    this.name = 'UnreachableError';
  }
}

export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}

export function isForbidden(error: unknown): boolean {
  return error instanceof ApiError && error.status === 403;
}

/**
 * Whether a text says that a right is missing, not that something was not admitted, which is a 403 as well
 * (kubernetes/kubernetes, endpoints/handlers/responsewriters/errors.go; registry/rbac/escalation_check.go).
 */
export function saysDenied(message: string): boolean {
  return /cannot \w+ resource "|attempting to grant RBAC permissions|cannot set (?:an ownerRef|blockOwnerDeletion)/.test(
    message,
  );
}

/** Somebody else owns a field that is applied (Kubernetes docs, Server-Side Apply, "Conflicts"). */
export function isFieldConflict(error: unknown): boolean {
  return isConflict(error) && error.causes.some(({ reason }) => reason === 'FieldManagerConflict');
}

export function isConflict(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 409;
}

/**
 * What the API server says where a webhook has to admit an object and does not answer: it is not up yet, its Service is not
 * there yet, or nobody has given its certificate's authority to the API server yet (apiserver, pkg/util/webhook/error.go and
 * pkg/util/proxy/proxy.go).
 */
export const webhookAway =
  /failed calling webhook .*(no endpoints available|service "[^"]*" not found|connection refused|no such host|timeout|deadline exceeded|unknown authority|EOF)/s;

/** A webhook that has to admit the object does not answer; nothing is wrong with the object. */
export function isWebhookAway(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status >= 500 && webhookAway.test(error.message);
}

/**
 * What the API server says to an apply with a field that a kind of Kubernetes does not have. It calls that an error
 * of its own, 500 (k8s.io/apimachinery, pkg/util/managedfields/internal/structuredmerge.go).
 */
const unknownField = /^failed to create typed patch object /;

/** Reads the `Status` of an answer, or what a proxy in between said instead. */
export function apiErrorOf(
  status: number,
  body: string,
  shown: (text: string) => string = (text) => text,
): ApiError {
  try {
    const answer = JSON.parse(body) as {
      reason?: string;
      message?: string;
      details?: { causes?: ErrorCause[] };
    };
    if (status === 500 && unknownField.test(answer.message ?? '')) {
      return new ApiError(400, 'BadRequest', shown(answer.message as string));
    }
    return new ApiError(
      status,
      answer.reason ?? 'Unknown',
      shown(answer.message ?? `HTTP ${status}`),
      (answer.details?.causes ?? []).map((cause) => ({
        ...cause,
        message: cause.message && shown(cause.message),
      })),
    );
  } catch {
    return new ApiError(status, 'Unknown', shown(`HTTP ${status}: ${body.trim().slice(0, 200)}`));
  }
}
