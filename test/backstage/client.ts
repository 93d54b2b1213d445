import { setTimeout as sleep } from 'node:timers/promises';

type Json = any;

/** A user of the Backstage of `test/backstage`, over its REST API. */
export class BackstageClient {
  /** @param token what the backend takes from other services: its `BACKEND_SECRET` */
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  /** Sends a notification to everybody. */
  async notify(title: string): Promise<void> {
    const body = { recipients: { type: 'broadcast' }, payload: { title } };
    await this.call('POST', 'notifications/notifications', this.token, body);
  }

  /** Runs a template to its end. @returns the number of the task */
  async scaffold(name: string): Promise<string> {
    const guest = await this.signIn();
    const body = { templateRef: 'template:default/greet', values: { name } };
    const { id } = await this.call('POST', 'scaffolder/v2/tasks', guest, body);
    for (;;) {
      const { status } = await this.call('GET', `scaffolder/v2/tasks/${id}`, guest);
      if (status === 'completed') return id as string;
      if (status === 'failed' || status === 'cancelled') throw new Error(`Task ${id} is ${status}.`);
      await sleep(200);
    }
  }

  /** Names of the entities in the catalog, sorted. */
  async entityNames(): Promise<string[]> {
    return (await this.entities()).map(({ metadata }) => metadata.name as string).sort();
  }

  /** Registers a file of entities in the catalog. */
  async register(target: string): Promise<void> {
    await this.call('POST', 'catalog/locations', this.token, { type: 'url', target });
  }

  /**
   * What the backend knows: entities with the identifiers that its database gave them, what search finds of them (the
   * index follows the catalog after some seconds, which are waited for), notifications, tasks with their events, and what a
   * guest may do. Times are left as they are.
   */
  async answers(): Promise<Json> {
    const guest = await this.signIn();
    const { tasks } = await this.call('GET', 'scaffolder/v2/tasks', guest);
    const events = (tasks as { id: string }[]).map(({ id }) =>
      this.call('GET', `scaffolder/v2/tasks/${id}/events`, guest),
    );
    const entities = await this.entities();
    while ((await this.search('')).length < entities.length) await sleep(500);
    return {
      entities: entities.sort((a, b) => (a.metadata.uid < b.metadata.uid ? -1 : 1)),
      found: [await this.search(''), await this.search('Zahlungen')],
      notifications: await this.call('GET', 'notifications/notifications', guest),
      tasks,
      events: await Promise.all(events),
      permissions: await this.permissions(guest),
    };
  }

  /** Titles of the notifications, sorted. */
  async notifications(): Promise<string[]> {
    const { notifications } = await this.call('GET', 'notifications/notifications', await this.signIn());
    return (notifications as Json[]).map(({ payload }) => payload.title as string).sort();
  }

  /** @returns the token of a guest, which the backend takes for an hour */
  async signIn(): Promise<string> {
    const answer = await this.call('GET', 'auth/guest/refresh');
    return answer.backstageIdentity.token as string;
  }

  /** Names of the template that each task ran, as the bearer of a token sees it. */
  async tasks(token: string): Promise<string[]> {
    const { tasks } = await this.call('GET', 'scaffolder/v2/tasks', token);
    return (tasks as Json[]).map(({ spec }) => spec.templateInfo.entityRef as string);
  }

  private async entities(): Promise<Json[]> {
    return this.call('GET', 'catalog/entities', this.token);
  }

  /** What search finds, in the order of its text. */
  private async search(term: string): Promise<Json[]> {
    const query = new URLSearchParams({ term, pageLimit: '100' });
    const { results } = await this.call('GET', `search/query?${query}`, await this.signIn());
    return (results as Json[])
      .map(({ type, document }) => ({ type, ...document }))
      .sort((a, b) => (a.location < b.location ? -1 : 1));
  }

  /** What a user may do to a component. */
  private async permissions(token: string): Promise<Json> {
    const items = ['read', 'delete'].map((action) => ({
      id: action,
      resourceRef: 'component:default/ledger',
      permission: {
        type: 'resource',
        name: `catalog.entity.${action}`,
        attributes: { action },
        resourceType: 'catalog-entity',
      },
    }));
    return this.call('POST', 'permission/authorize', token, { items });
  }

  private async call(method: string, path: string, token?: string, body?: object): Promise<Json> {
    const response = await fetch(`${this.url}/api/${path}`, {
      method,
      headers: {
        'Content-Type': 'application/json',
        'X-Requested-With': 'XMLHttpRequest',
        ...(token && { Authorization: `Bearer ${token}` }),
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }
}
