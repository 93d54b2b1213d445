/**
 * How a command ended:
 * - `done`: everything is as it should be.
 * - `changes`: nothing was written, and applying would change something.
 * - `left`: it is done but for what somebody else has to do.
 * - `refused`: something stands in the way, and nothing was written.
 * - `declined`: the person who was asked did not want to go on.
 * - `failed`: the cluster is not in the state that was asked for.
 * - `timeout`: nor is it, and it may only need more time.
 * - `interrupted`: Ctrl-C or a signal ended it.
 */
export type Outcome =
  'done' | 'changes' | 'left' | 'refused' | 'declined' | 'failed' | 'timeout' | 'interrupted';
