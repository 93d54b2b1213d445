import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from './client';

/** What `kubectl` can wait for, by kind. */
const waits: Readonly<Record<string, (name: string) => string[]>> = {
  StatefulSet: (name) => ['rollout', 'status', `statefulset/${name}`],
  Job: (name) => ['wait', '--for=condition=Complete', `job/${name}`],
  Backstage: (name) => ['wait', '--for=condition=Deployed', `backstage/${name}`],
  SonataFlowPlatform: (name) => ['wait', '--for=condition=Succeed', `sonataflowplatform/${name}`],
};

/** The arguments with which `kubectl` waits, one after the other, for what a bundle has applied. */
export function kubectlWaits(file: string): string[][] {
  return parseAllDocuments(readFileSync(file, 'utf8')).flatMap((document) => {
    const { kind, metadata } = document.toJS() as KubernetesObject;
    return waits[kind] ? [[...waits[kind](metadata.name), '--timeout=180s']] : [];
  });
}
