import { displayName, objectKey, type KubeObject } from '../../kubernetes/object';
import { concurrently } from '../../kubernetes/concurrently';
import { clientsOf, writtenAs } from '../clients/clients';
import type { MoveContext } from './context';
import { sourceOfMove } from '../clients/find-move';
import { keepable, writeKept, type Kept } from './kept';
import { findWhole, listClients } from '../../servers/list-clients';
import { digestOf } from '../../state/digest';
import type { StepResult } from '../../state/move-state';
import { mayBePutBack } from './check-kept';
import { StepError } from '../job/step-error';

/** Writes to the cluster what the way back needs: the source's Secret, who is stopped, what is replaced. */
export async function keep(context: MoveContext): Promise<StepResult> {
  const { api, home, move, stages } = context;
  const secret = await api.find({ apiVersion: 'v1', kind: 'Secret', namespace: home, name: move.secret });
  if (secret === undefined) {
    throw new StepError(`Secret/${move.secret} does not exist in the namespace ${home}`);
  }
  const source = sourceOfMove(move, secret);
  const later = stages
    .filter(({ index }) => index > move.stageIndex)
    .flatMap(({ objects }) => objects.map(({ object }) => object));
  const found = clientsOf(source, await listClients(api, home));
  const clients = writtenAs(found, later).map((client) => ({ ...client, object: keepable(client.object) }));
  const objects = await liveObjects(context, later);
  const kept: Kept = { source, secret: keepable(secret), clients, objects: objects.map(keepable) };
  await writeKept(api, home, kept);
  return { message: clients.map(({ object }) => displayName(object)).join(', '), kept: digestOf(kept) };
}

/** What the later stages would change of what exists, and may be put back. */
async function liveObjects({ api, home }: MoveContext, later: readonly KubeObject[]): Promise<KubeObject[]> {
  const unique = new Map(later.map((object) => [objectKey(object), object]));
  const wanted = [...unique.values()].filter((object) => mayBePutBack(object, home));
  const live = await concurrently(wanted, 8, (object) => findWhole(api, object));
  return live.filter((object) => object !== undefined);
}
