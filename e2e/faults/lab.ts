import { randomUUID } from 'node:crypto';
import { signUp, type TestPerson, tokenOf } from '@devsphere/shared/testing/people.ts';
import { ApiClient } from '../system/client.ts';
import { Receiver } from '../system/receiver.ts';
import { type System, startSystem } from '../system/start-system.ts';
import { TcpProxy } from './tcp-proxy.ts';
import { WorkerProcess, type WorkerSettings } from './worker-process.ts';

export type Tenant = { person: TestPerson; client: ApiClient; canary: string };

/** One cell's world: database clone, API, simulator, three organisations, and worker processes that can be broken. */
export class Lab {
  readonly system: System;
  readonly tenants: Tenant[];
  readonly receiver: Receiver;
  /** Between worker processes and the database. */
  readonly proxy: TcpProxy;
  readonly workers: WorkerProcess[] = [];

  private constructor(
    system: System,
    parts: { tenants: Tenant[]; receiver: Receiver; proxy: TcpProxy },
  ) {
    this.system = system;
    this.tenants = parts.tenants;
    this.receiver = parts.receiver;
    this.proxy = parts.proxy;
  }

  static async open(): Promise<Lab> {
    const plenty = { points: 1_000_000, seconds: 60 };
    const system = await startSystem({ limits: { person: plenty } });
    const receiver = await Receiver.listen();
    const { hostname: host, port } = new URL(system.db.url);
    const proxy = await TcpProxy.listen({ host, port: Number(port) });
    await system.db.admin.query(`
      create schema faults;
      create table faults.commands (idempotency_key text, task_id uuid);
      create table faults.canaries (org_id uuid, canary text);
      create table faults.calls (request_id text primary key, model text, billed boolean, outcome text, input_tokens bigint,
        cache_read_tokens bigint, cache_write_tokens bigint, output_tokens bigint)`);
    const tenants: Tenant[] = [];
    for (const name of ['ada', 'bob', 'cleo']) {
      const person = await signUp(system.db, name);
      const canary = randomUUID().replaceAll('-', '');
      await system.db.admin.query('insert into faults.canaries values ($1, $2)', [
        person.orgId,
        canary,
      ]);
      tenants.push({
        person,
        canary,
        client: new ApiClient(system.api.url, await tokenOf(person)),
      });
    }
    return new Lab(system, { tenants, receiver, proxy });
  }

  /** Address of the database by way of the proxy. */
  get proxiedUrl(): string {
    const url = new URL(this.system.db.url);
    url.hostname = '127.0.0.1';
    url.port = String(this.proxy.port);
    return url.toString();
  }

  async startWorker(settings: Partial<WorkerSettings> = {}): Promise<WorkerProcess> {
    const worker = await WorkerProcess.start({
      databaseUrl: this.system.db.url,
      simulatorUrl: this.system.simulator.url,
      ...settings,
    });
    this.workers.push(worker);
    return worker;
  }

  /** Two worker processes; settings for the first alone may differ. */
  async startWorkers(
    all: Partial<WorkerSettings> = {},
    first: Partial<WorkerSettings> = {},
  ): Promise<[WorkerProcess, WorkerProcess]> {
    return Promise.all([this.startWorker({ ...all, ...first }), this.startWorker(all)]);
  }

  /** Tells the simulator something on its control address. */
  async control(method: string, path: string, body: unknown): Promise<void> {
    const response = await fetch(`${this.system.simulator.url}/_control/${path}`, {
      method,
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`the simulator refused: ${await response.text()}`);
  }

  async close(): Promise<void> {
    this.proxy.heal();
    await Promise.all(
      this.workers.map((worker) => {
        worker.signal('SIGCONT');
        return worker.end('SIGKILL');
      }),
    );
    await this.system.stop();
    await this.receiver.close();
    await this.proxy.close();
  }
}
