import { createDocument, writeDocument } from 'cdk8s-rhdh/yaml';
import { readDirectory } from '../rollout/bundles/read-directory';
import { everyCommand, type CommandName } from '../rollout/findings/rules';
import { ProblemsError } from '../rollout/findings/problem';
import type { Api } from '../rollout/kubernetes/api';
import { objectsOfStages } from '../rollout/preflight/apply-rights';
import { permissionsFor } from '../rollout/preflight/permission';
import { commandRights, isFor } from '../rollout/rights/command-rights';
import { rolesFor, type PrintedRole } from '../rollout/rights/roles';
import { placeInNamespace, type Placement } from '../rollout/stages/place-in-namespace';
import { exitCodeOf, type ExitCode } from '../exit-code';
import type { CommonOptions } from '../options/common-options';
import { jsonText } from '../output/json-text';
import { terminalText } from '../output/terminal-text';
import { withCluster } from './session';

/** Options of `rights`, as the parser gives them. */
export interface RightsCommandOptions extends CommonOptions {
  /** @default - every command */
  readonly command?: CommandName;
  readonly optional: boolean;
}

/** Prints the roles of a command, or of every one that the bundles can be used for. */
export async function runRights(directory: string, options: RightsCommandOptions): Promise<ExitCode> {
  const bundles = await readDirectory(directory);
  return withCluster(options, async ({ api, namespace, namespaceIsExplicit }) => {
    const placement = await placeInNamespace(bundles, api.discovery, { namespace, namespaceIsExplicit });
    if (placement.problems.length > 0) {
      throw new ProblemsError('The bundles are for another namespace:', placement.problems);
    }
    const all = everyCommand.filter((command) => isFor(command, placement.stages));
    for (const command of options.command === undefined ? all : [options.command]) {
      for (const role of await rolesOf(api, command, placement, options)) {
        process.stdout.write(
          options.output === 'json' ? `${jsonText(role.object)}\n` : terminalText(yamlOf(command, role)),
        );
      }
    }
    return exitCodeOf('done');
  });
}

async function rolesOf(
  api: Api,
  command: CommandName,
  { stages, home }: Placement,
  { optional }: RightsCommandOptions,
): Promise<PrintedRole[]> {
  const rights = await commandRights[command](api, stages, home);
  const permissions = await permissionsFor(api.discovery, rights, objectsOfStages(stages));
  const wanted = permissions.filter(({ without }) => optional || without === undefined);
  return rolesFor(`cdk8s-rhdh-${command}`, home, wanted);
}

/** A document with how to give the role to somebody, and what its rules that can be left out are for. */
function yamlOf(command: CommandName, { object, without }: PrintedRole): string {
  const { name, namespace } = object.metadata;
  const bind =
    namespace === undefined
      ? `oc create clusterrolebinding ${name} --clusterrole=${name} --user=<user>`
      : `oc create rolebinding ${name} --namespace=${namespace} --role=${name} --user=<user>`;
  const document = createDocument(object);
  document.commentBefore = ` What cdk8s-rhdh ${command} needs. To give it to somebody:\n ${bind}`;
  let former: string | undefined;
  for (const [index, text] of without.entries()) {
    if (text === former) continue;
    former = text;
    const rule = document.getIn(['rules', index]) as { commentBefore?: string };
    rule.commentBefore = ` Optional: without it the command ${text}.`;
  }
  return `---\n${writeDocument(document)}`;
}
