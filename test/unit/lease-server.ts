import type { KubeObject } from '../../cli/rollout/kubernetes/object';
import { Api } from '../../cli/rollout/kubernetes/api';
import { apiErrorOf } from '../../cli/rollout/kubernetes/api-error';
import { Transport, type ApiAnswer, type ApiRequest } from '../../cli/rollout/kubernetes/transport';
import { noConnection } from './no-connection';

/**
 * An API server that has Leases of one name, with a clock of its own. As the real one it counts resource versions, answers
 * a write of another version and a name that is taken with 409, and tells its time in whole seconds (RFC 9110, Date).
 */
export class LeaseServer extends Transport {
  lease: KubeObject | undefined;
  /** Epoch milliseconds. */
  now: () => number = () => Date.now();
  /** Why it does not answer. @default - it does */
  failure: Error | undefined;
  private version = 0;

  constructor() {
    super(noConnection);
  }

  get api(): Api {
    return new Api(this);
  }

  override async send(request: ApiRequest): Promise<ApiAnswer> {
    await request.beforeWrite?.();
    if (this.failure !== undefined) throw this.failure;
    const body = JSON.stringify(this.answer(request));
    return { status: 200, body, date: new Date(this.now()).toUTCString() };
  }

  private answer({ method, path, body }: ApiRequest): unknown {
    if (/^\/apis\/[^/]+\/v1$/.test(path)) {
      return { resources: [{ name: 'leases', kind: 'Lease', namespaced: true }] };
    }
    if (method === 'GET') return { items: this.lease === undefined ? [] : [this.lease] };
    const written = body as {
      metadata?: KubeObject['metadata'];
      preconditions?: { resourceVersion: string };
    };
    const expected = written.preconditions?.resourceVersion ?? written.metadata?.resourceVersion;
    if (method === 'POST' ? this.lease : expected !== this.lease?.metadata.resourceVersion) throw conflict();
    if (method === 'DELETE') {
      this.lease = undefined;
      return {};
    }
    const resourceVersion = String(++this.version);
    this.lease = {
      ...(body as KubeObject),
      metadata: { ...(body as KubeObject).metadata, uid: 'one', resourceVersion },
    };
    return this.lease;
  }
}

const conflict = () =>
  apiErrorOf(409, JSON.stringify({ reason: 'Conflict', message: 'somebody was faster' }));
