import type { Agent } from 'node:http';

/** What a request needs besides its path. */
export interface RequestCredentials {
  readonly headers: Record<string, string>;
  readonly agent: Agent;
}

/** A cluster that can be asked: where it is and as whom. */
export interface Connection {
  /** The API server's URL. */
  readonly server: string;
  /** The kubeconfig's context. */
  readonly context: string;
  /** The namespace of the context, or what was asked for instead. */
  readonly namespace: string;
  /** What to look at when the server does not answer. */
  readonly advice: string;
  /** Headers and agent of the next request; fetches a token again after it expired. */
  credentials(): Promise<RequestCredentials>;
  /** Forgets what was fetched or read, after the server refused it (401). */
  renew(): Promise<void>;
  /** Closes the connections. */
  close(): void;
}
