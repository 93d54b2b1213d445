import type { IConstruct } from 'constructs';

const unsound = new WeakSet<IConstruct>();
const roots = new WeakSet<IConstruct>();

/**
 * Notes that a construct was not built from what its caller meant, as that is wrong and in the report: what follows from
 * it would be a second line for the same mistake.
 */
export function markUnsound(construct: IConstruct): void {
  unsound.add(construct);
  roots.add(construct.node.root);
}

/** Whether a construct was not built from what its caller meant. */
export function isUnsound(construct: IConstruct): boolean {
  return unsound.has(construct);
}

/** Whether that is true of a construct, or of one around or inside it. */
export function dependsOnUnsound({ node }: IConstruct): boolean {
  return roots.has(node.root) && [...node.scopes, ...node.findAll()].some(isUnsound);
}
