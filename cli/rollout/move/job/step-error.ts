/** A step of a move that did not succeed, in words for the person who has to act. */
export class StepError extends Error {
  constructor(
    message: string,
    /** It did not end in time, so that it may succeed with more. */
    readonly isTimeout = false,
  ) {
    super(message);
    this.name = 'StepError';
  }
}

/** Everything was undone, but what was started again is not ready. */
export class NotReadyAgainError extends StepError {
  constructor(late: readonly string[]) {
    super(`everything is as before, but not ready in time: ${late.join('; ')}`, true);
    this.name = 'NotReadyAgainError';
  }
}

/** Somebody pressed Ctrl-C, or took the lock. */
export class InterruptedError extends Error {
  constructor() {
    super('interrupted');
    this.name = 'InterruptedError';
  }
}
