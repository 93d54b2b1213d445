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
  constructor(server: string, reason: string) {
    super(`the API server ${server} does not answer: ${reason}`);
    this.name = 'UnreachableError';
  }
}

export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}

export function isForbidden(error: unknown): boolean {
  return error instanceof ApiError && error.status === 403;
}

export function isConflict(error: unknown): boolean {
  return error instanceof ApiError && error.status === 409;
}

/** Reads the `Status` of an answer, or what a proxy in between said instead. */
export function apiErrorOf(status: number, body: string): ApiError {
  try {
    const answer = JSON.parse(body) as {
      reason?: string;
      message?: string;
      details?: { causes?: ErrorCause[] };
    };
    return new ApiError(
      status,
      answer.reason ?? 'Unknown',
      answer.message ?? `HTTP ${status}`,
      answer.details?.causes ?? [],
    );
  } catch {
    return new ApiError(status, 'Unknown', `HTTP ${status}: ${body.trim().slice(0, 200)}`);
  }
}
