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
 * Stands in for the API server where Secrets and ConfigMaps are applied: 201 with the new object, 200 with one
 * that was there, 409 where another manager has set the fields of a Secret or it has another version than the one asked for, 403 and 401 with a Status object, all of it indented, which
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
  /** Who applied a Secret. */
  private readonly managers = new Map<string, string>();
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
    const body = (text === '' ? {} : JSON.parse(text)) as Manifest;
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
    const secret = /^\/api\/v1\/namespaces\/([^/?]+)\/secrets\/([^/?]+)(?:\?fieldManager=(.+))?$/.exec(
      request.url ?? '',
    );
    if (secret === null) return status(404, 'NotFound', 'the server could not find the requested resource');
    return this.secret(request, `${secret[1]}/${secret[2]}`, secret[3], body);
  }

  private secret(
    { method, headers }: IncomingMessage,
    id: string,
    manager: string | undefined,
    body: Manifest,
  ): { code: number; body: Manifest } {
    const known = this.secrets.get(id);
    const shown = ({ metadata }: Manifest) =>
      headers.accept === 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1'
        ? { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata }
        : body;
    if (method === 'GET') {
      return known === undefined
        ? status(404, 'NotFound', `secrets "${id}" not found`)
        : { code: 200, body: shown(known) };
    }
    if (headers['content-type'] !== 'application/apply-patch+yaml' || manager === undefined) {
      return status(415, 'UnsupportedMediaType', 'the body of the request was in an unknown format');
    }
    const { resourceVersion, ...metadata } = (body.metadata ?? {}) as Manifest;
    const isSame = JSON.stringify(known?.data) === JSON.stringify(body.data);
    if (
      known !== undefined &&
      (resourceVersion !== undefined || (this.managers.get(id) !== manager && !isSame))
    ) {
      return status(
        409,
        'Conflict',
        'the object has been modified; please apply your changes to the latest version',
      );
    }
    // Where nobody has a key that is applied, an apply is no conflict: keys are added.
    const merged = { ...known, ...body, metadata, data: { ...known?.data, ...body.data } };
    this.secrets.set(id, merged);
    this.managers.set(id, manager);
    return { code: known === undefined ? 201 : 200, body: shown(merged) };
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
