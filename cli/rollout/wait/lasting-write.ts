import type { KubeObject } from '../kubernetes/object';
import { undoneFields } from '../fields/undone';
import type { LastingWrite } from './until-it-stays';

/** What an earlier write made of an object, and which of its fields were undone since. */
export interface UndoneWrite {
  readonly after: KubeObject;
  readonly fields: readonly (readonly string[])[];
}

/**
 * A write of an object that is right as long as nothing of it is undone.
 *
 * @param write writes, with what became of the write before. @returns the object as it is then
 */
export function lastingWrite(
  write: (live: KubeObject, undone: UndoneWrite | undefined) => Promise<KubeObject>,
): LastingWrite {
  let last: { readonly before: KubeObject; readonly after: KubeObject } | undefined;
  const undone = (live: KubeObject) =>
    last && { after: last.after, fields: undoneFields(last.before, last.after, live) };
  return {
    isRight: (live) => undone(live)?.fields.length === 0,
    write: async (live) => {
      const after = await write(live, undone(live));
      last = { before: live, after };
    },
  };
}
