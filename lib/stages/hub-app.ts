import { appArguments } from '../api/arguments';
import { App, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { keepFinishedJobs } from '../database/script-job';
import { WorkflowHelmValues } from '../orchestrator/workflow-helm-values';
import { enforce } from '../rules/rule';
import { warningsOf } from '../rules/warning';
import { apiObjectsOf } from './api-objects';
import { type Bundle, chartBundle, chartObjects, chartPath, helmBundle, helmPath } from './bundle';
import { describeBundles } from './describe-bundles';
import { endsWithReport } from './ends-with-report';
import { procedureRules } from './procedure-rules';
import { appRules, type WantedFile } from './rules';
import { writeBundles } from './write-bundles';

/** Properties of {@link HubApp}. */
export interface HubAppProps {
  /**
   * Folder of the bundles.
   * @default - what `cdk8s synth` says (`CDK8S_OUTDIR`), else 'dist'
   */
  readonly outdir?: string;

  /**
   * Whether finished Jobs stay in the cluster until somebody deletes them. For Argo CD: a Job that Kubernetes deletes is
   * out of sync ever after, and with self-healing runs again and again.
   * @default false - they are deleted after a day
   */
  readonly keepFinishedJobs?: boolean;
}

/**
 * The cdk8s app of one hub. It differs from `App` in that every problem is in one report and nothing is written
 * before all is valid, that Helm values are written too, and that synthesis takes time in proportion to the
 * number of objects, where that of `App` grows with its square. For many hubs write one app a hub.
 */
export class HubApp extends App {
  private written?: Bundle[];

  constructor(props: HubAppProps = {}) {
    const checked = appArguments('HubApp', props);
    props = checked.props;
    super({ outdir: props.outdir });
    checked.reportAt(this, HubApp);
    this.node.setContext(keepFinishedJobs, props.keepFinishedJobs ?? false);
    enforce<readonly WantedFile[]>(this, appRules, () => this.wantedFiles());
    enforce<IConstruct>(this, procedureRules, () => this);
  }

  /**
   * Writes the bundles; those with a Secret in plain text are for their owner alone (mode 0600).
   * @throws if anything in the app is refused: the message lists every problem with the path of its construct,
   *   and the output folder is as it was. Where nobody catches it, the process ends with that report and exit code 1
   */
  override synth(): void {
    const bundles = this.bundles();
    writeBundles(this.outdir, bundles);
    this.written = bundles;
  }

  /** What synthesis wrote, or would write: each file with its objects and the command that applies it. */
  summary(): string {
    return describeBundles(this.outdir, this.written ?? this.bundles());
  }

  /** What is allowed, but should be known before the bundles are used. */
  get warnings(): string[] {
    return warningsOf(this);
  }

  private bundles(): Bundle[] {
    this.validate();
    const ordered = this.node.findAll().some(({ node }) => node.dependencies.length > 0);
    return [
      ...this.bundledCharts().map((chart) => chartBundle(chart, chartObjects(chart, ordered), this.outdir)),
      ...this.helmValues().map((values) => helmBundle(values, Chart.of(values).namespace, this.outdir)),
    ];
  }

  /** The charts with objects, in the order of their files. */
  private bundledCharts(): Chart[] {
    return this.node
      .findAll()
      .filter((child): child is Chart => child instanceof Chart && apiObjectsOf(child).length > 0)
      .sort((a, b) => (a.node.id < b.node.id ? -1 : 1));
  }

  private helmValues(): WorkflowHelmValues[] {
    return this.node
      .findAll()
      .filter((child): child is WorkflowHelmValues => child instanceof WorkflowHelmValues);
  }

  private wantedFiles(): WantedFile[] {
    return [
      ...this.bundledCharts().map((construct) => ({ path: chartPath(construct), construct })),
      ...this.helmValues().map((construct) => ({ path: helmPath(construct), construct })),
    ];
  }

  private validate(): void {
    const problems = this.node
      .findAll()
      .flatMap((construct) =>
        construct.node.validate().map((problem) => `  [${construct.node.path || 'app'}] ${problem}`),
      );
    if (problems.length > 0) {
      const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
      throw endsWithReport(new Error(`The app has ${count}; nothing was written.\n${problems.join('\n')}`));
    }
  }
}
