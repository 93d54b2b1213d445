/** One copy. */
export interface Run {
  /** Until all was copied, and, where the way proves, proven. */
  readonly seconds: number;
  /** Seconds until the planner's statistics were there as well; none for ways that leave them to autovacuum. */
  readonly secondsWithStatistics?: number;
  /** Seconds of processor time of both servers and of the tools. */
  readonly processorSeconds: number;
  /** Peak of the tools' memory, in MiB. */
  readonly memory: number;
}

/** Copies all databases from one port to another. */
export type Copy = (source: number, target: number) => Promise<Omit<Run, 'processorSeconds'>>;

/** A way to copy the databases. */
export interface Way {
  readonly name: string;
  readonly copy: Copy;
}
