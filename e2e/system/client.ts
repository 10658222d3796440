import type { TaskEvent } from '@devsphere/shared/contracts/events/task-event.ts';
import type { TaskDetail } from '@devsphere/shared/contracts/http/task.ts';

export type Answer<T> = { status: number; body: T; headers: Headers };

/** A program that uses the API with somebody's token. */
export class ApiClient {
  readonly #url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  async call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: (text ? JSON.parse(text) : null) as T,
      headers: response.headers,
    };
  }

  submit(
    orgId: string,
    body: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<TaskDetail>> {
    return this.call('POST', `/v1/orgs/${orgId}/tasks`, body, headers);
  }

  async task(orgId: string, id: string): Promise<TaskDetail> {
    return (await this.call<TaskDetail>('GET', `/v1/orgs/${orgId}/tasks/${id}`)).body;
  }

  /** The events of a task from a sequence number to its end, or until `enough` says so. */
  async events(
    orgId: string,
    id: string,
    after = 0,
    enough: (event: TaskEvent) => boolean = () => false,
  ): Promise<TaskEvent[]> {
    const abort = new AbortController();
    const response = await fetch(`${this.#url}/v1/orgs/${orgId}/tasks/${id}/events`, {
      headers: { authorization: `Bearer ${this.#token}`, 'last-event-id': String(after) },
      signal: abort.signal,
    });
    if (!response.ok || !response.body) throw new Error(`events answered ${response.status}`);
    const events: TaskEvent[] = [];
    let rest = '';
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const data = block.split('\n').find((line) => line.startsWith('data: '));
        if (!data) continue;
        const event = JSON.parse(data.slice(6)) as TaskEvent;
        events.push(event);
        if (enough(event)) {
          abort.abort();
          return events;
        }
      }
    }
    return events;
  }
}
