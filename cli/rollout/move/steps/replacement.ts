import type { KubeObject } from '../../bundles/manifest';
import type { Api } from '../../kubernetes/api';
import type { LastingWrite } from '../../wait/until-it-stays';
import { moveManager } from '../../fields/managed-fields';
import { undoneFields } from '../../fields/undone';

/** A replacement of an object, in one write, that is right when nothing of it was undone. */
export function replacement(api: Api, content: (live: KubeObject) => KubeObject): LastingWrite {
  let before: KubeObject | undefined;
  let after: KubeObject | undefined;
  return {
    isRight: (live) =>
      before !== undefined && after !== undefined && undoneFields(before, after, live).length === 0,
    write: async (live) => {
      before = live;
      after = await api.replace(content(live), moveManager);
    },
  };
}
