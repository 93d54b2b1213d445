import { rhdhOperator } from 'cdk8s-rhdh/operators';
import { applyBundles } from '../../apply/apply-bundles';
import { displayName, objectKey, type KubeObject } from '../../kubernetes/object';
import { concurrently } from '../../kubernetes/concurrently';
import { referenceTo, type Api } from '../../kubernetes/api';
import { pause } from '../../kubernetes/pause';
import { retryOnConflict } from '../../kubernetes/retry-on-conflict';
import type { RolloutStage } from '../../stages/rollout-stage';
import { isWrittenBack, untilItStays } from '../../wait/until-it-stays';
import type { Client } from '../clients/clients';
import { keptIn, type MoveContext } from './context';
import { giveOwnersBack, withoutHolders, writeOwners } from '../../fields/field-owners';
import type { Kept } from './kept';
import { findWhole, listClients } from '../../servers/list-clients';
import { handedOver, moveManager } from '../../fields/managed-fields';
import { isOperatorsOwn } from '../../fields/operators-own';
import { lastingWrite } from '../../wait/lasting-write';
import { isClientOf } from '../../servers/old-server';
import { formerPodCounts, startClients, waitForClients } from './start-clients';
import { InterruptedError, StepError } from '../job/step-error';
import { leavesToOthers, switchedContent } from './switched';
import type { StepResult } from '../../state/move-state';

/** How often a stage is switched again whose objects the RHDH operator has taken back. */
const mostAttempts = 5;

/** Applies the stages after the migration's, one after the other, and starts what they do not carry. */
export async function switchStages(context: MoveContext): Promise<StepResult | undefined> {
  const kept = await keptIn(context);
  const { api, home, stages, move } = context;
  const later = stages.filter(({ index }) => index > move.stageIndex);
  for (const stage of later) await switchStage(context, stage, kept);
  for (const stage of later) {
    if ((await operatorsOwn(api, stage)).length > 0) await switchStage(context, stage, kept);
  }
  const carried = new Set(stages.flatMap(({ objects }) => objects.map(({ object }) => objectKey(object))));
  const live = new Map((await listClients(api, home)).map((object) => [objectKey(object), object]));
  const others = kept.clients.filter(({ object }) => !carried.has(objectKey(object)));
  const movable = others.filter(
    ({ object }) => !isClientOf(kept.source, live.get(objectKey(object)) ?? object),
  );
  const late = await waitForClients(api, await startClients(api, movable, context), context);
  return late.length === 0 ? undefined : { message: `not ready: ${late.join('; ')}` };
}

/**
 * Switches a stage, again as long as the RHDH operator takes its own objects back: it looks at the hub at every event,
 * and applies them until it has seen plugins that need them no more.
 *
 * @throws StepError when the stage did not become ready
 */
async function switchStage(context: MoveContext, stage: RolloutStage, kept: Kept): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await takeOver(context, stage, kept);
    const failure = await applyStages(context, stage.name, stage.name).then(
      () => undefined,
      (error: unknown) => error,
    );
    const own = failure instanceof InterruptedError ? [] : await operatorsOwn(context.api, stage);
    if (own.length === 0) {
      if (failure !== undefined) throw failure;
      break;
    }
    if (attempt === mostAttempts) {
      throw new StepError(
        `the RHDH operator still applies ${own.map(displayName).join(', ')} for its local database: ` +
          'a plugin of the hub, or a flavour, still asks for it',
      );
    }
    await pause(attempt * 1_000, context.signal);
    if (context.signal.aborted) throw new InterruptedError();
  }
  await giveOwners(context, stage, kept.clients);
}

/** The objects of a stage that the RHDH operator owns, as they are in the cluster. */
export async function operatorsOwn(api: Api, { objects }: RolloutStage): Promise<KubeObject[]> {
  const live = await concurrently(objects, 8, ({ object }) => findWhole(api, object));
  return live.filter((object) => object !== undefined).filter(isOperatorsOwn);
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
  if (result.outcome === 'done') return;
  const stage = result.stage ?? to;
  if (result.outcome === 'timeout') throw new StepError(`${stage} was not ready in time`, true);
  throw new StepError(
    result.outcome === 'refused' ? `${stage} was refused, see the findings` : `${stage} did not become ready`,
  );
}

/**
 * Makes the bundle the owner of what the RHDH operator had applied, and of what held the zeros of the stopped. An object
 * whose operator puts back what it read is switched here already, in one write.
 */
async function takeOver(context: MoveContext, { objects }: RolloutStage, kept: Kept): Promise<void> {
  const { api } = context;
  const clients = new Map(kept.clients.map((client) => [objectKey(client.object), client]));
  const former = new Map(kept.objects.map((object) => [objectKey(object), object]));
  for (const { object } of objects) {
    const client = clients.get(objectKey(object));
    // A Job cannot be handed over: the stage replaces it.
    if (object.kind === 'Job') continue;
    if (isWrittenBack(object)) {
      const content = lastingWrite((live) =>
        api.replace(switchedContent(live, object, former.get(objectKey(object)), client), moveManager),
      );
      await untilItStays(api, referenceTo(object), content, context);
    } else {
      await retryOnConflict(async () => {
        const live = await findWhole(api, object);
        if (live !== undefined) await handOver(api, live, client);
      });
    }
  }
}

async function handOver(api: Api, live: KubeObject, client: Client | undefined): Promise<void> {
  const { managedFields: present = [] } = live.metadata;
  const given = handedOver(present, [rhdhOperator]) ?? present;
  const owners = (client?.replicas ?? []).reduce((left, { path }) => withoutHolders(left, path), given);
  await writeOwners(api, live, owners);
}

/** A number of pods that somebody else had set, and that the bundle leaves to him, is as before, and his. */
async function giveOwners(
  { api }: MoveContext,
  { objects }: RolloutStage,
  clients: readonly Client[],
): Promise<void> {
  const bundled = new Map(objects.map(({ object }) => [objectKey(object), object]));
  for (const client of clients) {
    const { object: former, replicas } = client;
    const wanted = bundled.get(objectKey(former));
    if (wanted === undefined) continue;
    const left = replicas.filter(({ path }) => leavesToOthers(wanted, former, path));
    if (left.length > 0) {
      await retryOnConflict(async () => {
        const live = await api.find(referenceTo(wanted));
        const counts = formerPodCounts(api, { ...client, replicas: left });
        if (live !== undefined && !counts.isRight(live)) await counts.write(live);
      });
      await retryOnConflict(() =>
        giveOwnersBack(
          api,
          former,
          left.map(({ path }) => path),
        ),
      );
    }
  }
  for (const object of bundled.values()) {
    if (!isWrittenBack(object)) continue;
    await retryOnConflict(async () => {
      const live = await findWhole(api, object);
      const owners = live?.metadata.managedFields?.filter(({ manager }) => manager !== moveManager);
      if (live !== undefined && owners !== undefined) await writeOwners(api, live, owners);
    });
  }
}
