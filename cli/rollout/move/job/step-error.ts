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

/** Somebody pressed Ctrl-C, or took the lock. */
export class InterruptedError extends Error {
  constructor() {
    super('interrupted');
    this.name = 'InterruptedError';
  }
}
