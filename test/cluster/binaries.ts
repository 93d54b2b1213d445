import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build, type GoBuild } from './build';

export type Program =
  'etcd' | 'kube-apiserver' | 'kube-controller-manager' | 'kube-scheduler' | 'kubectl' | 'kwok';

/** How each program is built, where it is not there already. */
export const builds: readonly GoBuild[] = [
  { folder: 'etcd', module: 'go.etcd.io/etcd/server/v3', programs: { etcd: 'go.etcd.io/etcd/server/v3' } },
  {
    folder: 'kubernetes',
    module: 'k8s.io/kubernetes',
    programs: {
      'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
      'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
      'kube-scheduler': 'k8s.io/kubernetes/cmd/kube-scheduler',
      kubectl: 'k8s.io/kubernetes/cmd/kubectl',
    },
    versionFlags: kubernetesVersionFlags,
  },
  { folder: 'kwok', module: 'sigs.k8s.io/kwok', programs: { kwok: 'sigs.k8s.io/kwok/cmd/kwok' } },
];

/** Without them the programs report v0.0.0, which clients refuse (Kubernetes, hack/lib/version.sh). */
function kubernetesVersionFlags(version: string): string[] {
  const [major, minor] = version.slice(1).split('.');
  return ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap((path) => [
    `-X ${path}.gitVersion=${version}`,
    `-X ${path}.gitMajor=${major}`,
    `-X ${path}.gitMinor=${minor}`,
    `-X ${path}.gitTreeState=clean`,
  ]);
}

/**
 * Where each program of the control plane is: in the folder `KUBEBUILDER_ASSETS` names, where it has the
 * program, else in the user's cache, built there when missing.
 */
export async function binaries(
  report: (line: string) => void = () => undefined,
): Promise<Record<Program, string>> {
  const assets = process.env.KUBEBUILDER_ASSETS;
  if (assets && !existsSync(assets)) {
    throw new Error(`KUBEBUILDER_ASSETS names ${assets}, which does not exist.`);
  }
  const paths: Partial<Record<string, string>> = {};
  for (const goBuild of builds) {
    for (const program of Object.keys(goBuild.programs)) {
      const asset = assets && join(assets, program);
      paths[program] = asset && existsSync(asset) ? asset : join(await build(goBuild, report), program);
    }
  }
  return paths as Record<Program, string>;
}
