import type { Construct, IConstruct } from 'constructs';

/** Type of the metadata entries that carry warnings. */
const metadataType = 'cdk8s-rhdh/warning';

/** Notes something that is allowed, but that the user should know when the app is synthesized. */
export function warn(scope: Construct, message: string): void {
  scope.node.addMetadata(metadataType, message);
}

/** The same for what is not known before the whole app is. */
export function warnLater(scope: Construct, messages: () => string[]): void {
  scope.node.addMetadata(metadataType, messages);
}

/** All warnings below `root`, each with the path of its construct. */
export function warningsOf(root: IConstruct): string[] {
  return root.node.findAll().flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => type === metadataType)
      .flatMap(({ data }) => (typeof data === 'function' ? (data as () => string[])() : [String(data)]))
      .map((message) => `[${node.path}] ${message}`),
  );
}
