import { applyBundles } from '../../apply/apply-bundles';
import { groupKind, objectKey, type KubeObject } from '../../bundles/manifest';
import { referenceTo } from '../../kubernetes/api';
import type { Stage } from '../../stages/stage';
import type { Client } from '../clients/clients';
import { keptIn, type MoveContext } from './context';
import { giveOwnersBack, withoutHolders, writeOwners } from '../../fields/field-owners';
import { findWhole, listClients } from '../clients/live-objects';
import { handedOver, moveManager } from '../../fields/managed-fields';
import { isOwn, ownerOf } from '../../fields/own-content';
import { merged, onlyAt, valueAt, type Json } from '../../fields/paths';
import { isClientOf } from '../../servers/old-server';
import { retried, startClients, waitForClients } from './start-clients';
import { InterruptedError, StepError } from '../job/step-error';

/**
 * The RHDH operator applies a SonataFlowPlatform of its own for the local database, as long as the hub's plugins ask
 * for it (rhdh-operator, internal/controller/plugin-deps.go). From the switch on the bundle is its owner.
 */
export const operatorManager = 'backstage-controller';

/** Applies the stages after the migration's, one after the other, and starts what they do not carry. */
export async function switchStages(context: MoveContext): Promise<string | undefined> {
  const kept = await keptIn(context);
  const { api, home, stages, move } = context;
  for (const stage of stages.filter(({ index }) => index > move.stageIndex)) {
    await takeOver(context, stage, kept.clients);
    await applyStages(context, stage.name, stage.name);
    await giveFormerReplicas(context, stage, kept.clients);
  }
  const carried = new Set(stages.flatMap(({ objects }) => objects.map(({ object }) => objectKey(object))));
  const live = new Map((await listClients(api, home)).map((object) => [objectKey(object), object]));
  const others = kept.clients.filter(({ object }) => !carried.has(objectKey(object)));
  const movable = others.filter(
    ({ object }) => !isClientOf(kept.source, live.get(objectKey(object)) ?? object),
  );
  const late = await waitForClients(api, await startClients(api, movable), context);
  return late.length === 0 ? undefined : `not ready: ${late.join('; ')}`;
}

/** @throws StepError when a stage did not become ready */
export async function applyStages(context: MoveContext, from: string | undefined, to: string): Promise<void> {
  const { api, bundles, inspect, timeout, patience, signal, listener, lock } = context;
  const result = await applyBundles(api, bundles, {
    ...inspect,
    from,
    to,
    timeout,
    patience,
    signal,
    listener,
    lock,
    dryRun: false,
  });
  if (result.outcome === 'interrupted') throw new InterruptedError();
  if (result.outcome === 'ready') return;
  const stage = result.stage ?? to;
  if (result.outcome === 'timeout') throw new StepError(`${stage} was not ready in time`, true);
  throw new StepError(
    result.outcome === 'refused' ? `${stage} was refused, see the findings` : `${stage} did not become ready`,
  );
}

/**
 * Makes the bundle the owner of what the RHDH operator had written into its platform, and of what held the zeros of
 * the stopped.
 */
async function takeOver({ api }: MoveContext, { objects }: Stage, clients: readonly Client[]): Promise<void> {
  const stopped = new Map(clients.map((client) => [objectKey(client.object), client.replicas]));
  for (const { object } of objects) {
    const isPlatform = groupKind(object) === 'SonataFlowPlatform.sonataflow.org';
    const replicas = stopped.get(objectKey(object)) ?? [];
    if (!isPlatform && replicas.length === 0) continue;
    await retried(async () => {
      const live = await findWhole(api, object);
      if (live === undefined) return;
      const { managedFields: present = [] } = live.metadata;
      const given = (isPlatform ? handedOver(present, [operatorManager]) : undefined) ?? present;
      const owners = replicas.reduce((left, { path }) => withoutHolders(left, path), given);
      await writeOwners(api, live, owners);
    });
  }
}

/** A number of pods that somebody else had set, and that the bundle leaves to him, is as before. */
async function giveFormerReplicas(
  { api }: MoveContext,
  { objects }: Stage,
  clients: readonly Client[],
): Promise<void> {
  const bundled = new Map(objects.map(({ object }) => [objectKey(object), object]));
  for (const { object: former, replicas } of clients) {
    const wanted = bundled.get(objectKey(former));
    if (wanted === undefined) continue;
    const left = replicas.filter(
      ({ path, value }) =>
        value !== undefined && valueAt(wanted, path) === undefined && !wasOurs(former, path),
    );
    if (left.length === 0) continue;
    const patch = left.reduce<Json>((all, { path, value }) => merged(all, onlyAt(path, value)), {});
    const manager = ownerOf(former, left[0]?.path ?? [])?.manager ?? moveManager;
    await retried(async () => {
      await api.merge(referenceTo(wanted), patch, manager);
      await giveOwnersBack(
        api,
        former,
        left.map(({ path }) => path),
      );
    });
  }
}

/** Whether the rollout itself had set a field: then the bundle's silence removes it. */
function wasOurs(object: KubeObject, path: readonly string[]): boolean {
  const owner = ownerOf(object, path);
  return owner !== undefined && isOwn(owner);
}
