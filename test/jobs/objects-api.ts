import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requirePrograms } from '../programs';

type Manifest = Record<string, any>;

/** A request that the API got. */
export interface ApiRequest {
  readonly method?: string;
  readonly url?: string;
  readonly authorization?: string;
  readonly body: Manifest;
}

/**
 * Stands in for the API server where Secrets are created and ConfigMaps applied: 201 with the new object, 200 with one
 * that was there, 409 where the name of a new one is taken, 403 and 401 with a Status object, all of it indented, which
 * the API server does for curl. Copied from k8s.io/apiserver (endpoints/handlers, negotiation's isPrettyPrint) and
 * k8s.io/apimachinery (pkg/api/errors), v0.34.
 */
export class ObjectsApi {
  /** Starts the API with a certificate of its own, made out to 127.0.0.1. */
  static async start(): Promise<ObjectsApi> {
    requirePrograms({ openssl: 'openssl' });
    const { certificate, key } = selfSigned();
    const api = new ObjectsApi(certificate, key);
    api.server.listen(0, '127.0.0.1');
    await once(api.server, 'listening');
    return api;
  }

  /** Secrets by namespace and name. */
  readonly secrets = new Map<string, Manifest>();
  /** ConfigMaps by namespace and name. */
  readonly configMaps = new Map<string, Manifest>();
  readonly requests: ApiRequest[] = [];
  /** What the next requests are answered instead: a status, and the message of the Status object. */
  readonly refusals: { code: number; reason: string; message: string }[] = [];
  private readonly server: Server;

  private constructor(
    readonly certificate: string,
    key: string,
  ) {
    this.server = createServer({ cert: certificate, key }, (request, response) => {
      void this.answer(request).then(({ code, body }) => {
        response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body, null, 2));
      });
    });
  }

  get url(): string {
    return `https://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage): Promise<{ code: number; body: Manifest }> {
    let text = '';
    for await (const chunk of request) {
      text += chunk;
    }
    const body = JSON.parse(text) as Manifest;
    this.requests.push({
      method: request.method,
      url: request.url,
      authorization: request.headers.authorization,
      body,
    });
    const refusal = this.refusals.shift();
    if (refusal !== undefined) return status(refusal.code, refusal.reason, refusal.message);
    const applied = /^\/api\/v1\/namespaces\/([^/?]+)\/configmaps\/([^/?]+)\?/.exec(request.url ?? '');
    if (
      request.method === 'PATCH' &&
      applied !== null &&
      request.headers['content-type'] === 'application/apply-patch+yaml'
    ) {
      const id = `${applied[1]}/${applied[2]}`;
      const code = this.configMaps.has(id) ? 200 : 201;
      this.configMaps.set(id, body);
      return { code, body };
    }
    const namespace = /^\/api\/v1\/namespaces\/([^/?]+)\/secrets(\?|$)/.exec(request.url ?? '')?.[1];
    if (request.method !== 'POST' || namespace === undefined) {
      return status(404, 'NotFound', 'the server could not find the requested resource');
    }
    const id = `${namespace}/${body.metadata.name}`;
    if (this.secrets.has(id)) {
      return status(409, 'AlreadyExists', `secrets "${body.metadata.name}" already exists`);
    }
    this.secrets.set(id, body);
    return { code: 201, body };
  }
}

function status(code: number, reason: string, message: string): { code: number; body: Manifest } {
  return {
    code,
    body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code },
  };
}

function selfSigned(): { certificate: string; key: string } {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  try {
    const [keyFile, certificateFile] = [join(folder, 'key'), join(folder, 'certificate')];
    const request = [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
    ];
    const name = ['-subj', '/CN=kubernetes', '-addext', 'subjectAltName=IP:127.0.0.1'];
    execFileSync('openssl', [...request, ...name, '-keyout', keyFile, '-out', certificateFile], {
      stdio: 'pipe',
    });
    return { certificate: readFileSync(certificateFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
