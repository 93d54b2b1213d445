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
    const guest = await this.guest();
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

  /**
   * What the backend knows: entities with the identifiers that its database gave them, notifications, tasks with
   * their events. Times are left as they are.
   */
  async answers(): Promise<Json> {
    const guest = await this.guest();
    const { tasks } = await this.call('GET', 'scaffolder/v2/tasks', guest);
    const events = (tasks as { id: string }[]).map(({ id }) =>
      this.call('GET', `scaffolder/v2/tasks/${id}/events`, guest),
    );
    return {
      entities: (await this.entities()).sort((a, b) => (a.metadata.uid < b.metadata.uid ? -1 : 1)),
      notifications: await this.call('GET', 'notifications/notifications', guest),
      tasks,
      events: await Promise.all(events),
    };
  }

  /** Titles of the notifications, sorted. */
  async notifications(): Promise<string[]> {
    const { notifications } = await this.call('GET', 'notifications/notifications', await this.guest());
    return (notifications as Json[]).map(({ payload }) => payload.title as string).sort();
  }

  private async entities(): Promise<Json[]> {
    return this.call('GET', 'catalog/entities', this.token);
  }

  private async guest(): Promise<string> {
    const answer = await this.call('GET', 'auth/guest/refresh', undefined);
    return answer.backstageIdentity.token as string;
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
