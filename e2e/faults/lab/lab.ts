import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@devsphere/shared/testing/eventually.ts';
import type { TestServer } from '@devsphere/shared/testing/open-test-server.ts';
import { signUp, type TestPerson, tokenOf } from '@devsphere/shared/testing/people.ts';
import type { CallEntry } from '../../../simulator/src/calls/call-entry.ts';
import { ApiClient } from '../../system/client.ts';
import { Receiver } from '../../system/receiver.ts';
import { type System, startSystem } from '../../system/start-system.ts';
import { type ApiProcess, type ApiSettings, startApiProcess } from './api-process.ts';
import type { LabProcess } from './lab-process.ts';
import { TcpProxy } from './tcp-proxy.ts';
import type { WorkerSettings } from './worker-process.ts';
import { Workers } from './workers.ts';

export type Tenant = {
  person: TestPerson;
  token: string;
  client: ApiClient;
  /** Its canary: 128 random bits that are its alone. */
  mark: string;
};
const schema = readFileSync(join(import.meta.dirname, 'lab.sql'), 'utf8');

/** What explains a broken cell. */
const told = [
  'public.tasks',
  'public.task_attempts',
  'public.task_steps',
  'public.llm_calls',
  'public.usage_entries',
  'public.approvals',
  'faults.calls',
];

type Parts = {
  tenants: Tenant[];
  receiver: Receiver;
  databaseProxy: TcpProxy;
  providerProxy: TcpProxy;
  folder: string;
  server: TestServer | undefined;
};

/** One cell's world: database clone, API, simulator, three organisations, and processes that can be broken. */
export class Lab {
  readonly system: System;
  readonly tenants: Tenant[];
  readonly receiver: Receiver;
  /** Between processes and the database. */
  readonly proxy: TcpProxy;
  /** Between workers and the provider. */
  readonly providerProxy: TcpProxy;
  readonly apis: ApiProcess[] = [];
  /** What was answered 2xx: the key of the command, and the task it was told of. */
  readonly commands: Array<{ key: string; taskId: string }> = [];
  /** Tasks that were asked to stop: `promised` when the answer said that they have. */
  readonly cancellations = new Map<string, 'asked' | 'promised'>();
  /** Debounced tasks, with what the latest submission said that became them. */
  readonly debounced = new Map<string, string>();
  /** Keys of debounced submissions of which one was not answered. */
  readonly uncertain = new Set<string>();
  readonly #server: TestServer | undefined;
  readonly #folder: string;
  readonly #workers: Workers;

  private constructor(system: System, parts: Parts) {
    this.system = system;
    this.tenants = parts.tenants;
    this.receiver = parts.receiver;
    this.proxy = parts.databaseProxy;
    this.providerProxy = parts.providerProxy;
    this.#folder = parts.folder;
    this.#server = parts.server;
    this.#workers = new Workers({ databaseUrl: system.db.url, simulatorUrl: system.simulator.url });
  }

  /** `server` is the lab's own database server, which it may break. */
  static async open(server?: TestServer): Promise<Lab> {
    const plenty = { points: 1_000_000, seconds: 60 };
    const system = await startSystem({ limits: { person: plenty }, mayBreak: true });
    await system.db.admin.query(schema);
    const [databaseProxy, providerProxy] = await Promise.all(
      [system.db.url, system.simulator.url].map((url) => {
        const { hostname: host, port } = new URL(url);
        return TcpProxy.listen({ host, port: Number(port) });
      }),
    );
    if (!databaseProxy || !providerProxy) throw new Error('a lab has two proxies');
    const tenants: Tenant[] = [];
    for (const name of ['ada', 'bob', 'cleo']) {
      const person = await signUp(system.db, name);
      const token = await tokenOf(person);
      const { rows } = await system.db.admin.query(
        'select mark from canary.organizations where org_id = $1',
        [person.orgId],
      );
      const client = new ApiClient(system.api.url, token);
      tenants.push({ person, token, client, mark: rows[0].mark });
    }
    const receiver = await Receiver.listen();
    const folder = await mkdtemp(join(tmpdir(), 'devsphere-lab-'));
    return new Lab(system, { tenants, receiver, databaseProxy, providerProxy, folder, server });
  }

  get server(): TestServer {
    if (!this.#server) throw new Error('this cell has no database server of its own');
    return this.#server;
  }

  /** Address of the database by way of the proxy. */
  get proxiedUrl(): string {
    return through(this.system.db.url, this.proxy);
  }

  /** Address of the provider by way of its proxy. */
  get proxiedProvider(): string {
    return through(this.system.simulator.url, this.providerProxy);
  }

  /** Every worker there was, in the order of their start. */
  get workers(): readonly LabProcess[] {
    return this.#workers.all;
  }

  startWorker(settings: Partial<WorkerSettings> = {}): Promise<LabProcess> {
    return this.#workers.start(settings);
  }

  /** One more with the settings of the latest. */
  startLikeBefore(): Promise<LabProcess> {
    return this.#workers.start();
  }

  /** Two worker processes; settings for the first alone may differ. */
  startWorkers(
    all: Partial<WorkerSettings> = {},
    first: Partial<WorkerSettings> = {},
  ): Promise<[LabProcess, LabProcess]> {
    return Promise.all([this.startWorker({ ...all, ...first }), this.startWorker(all)]);
  }

  /** An API in a process of its own, which everybody uses from now on. */
  async startApi(settings: Partial<ApiSettings> = {}): Promise<ApiProcess> {
    const api = await startApiProcess(
      { databaseUrl: this.system.db.url, ...settings },
      this.#folder,
    );
    this.apis.push(api);
    for (const tenant of this.tenants) tenant.client = new ApiClient(api.url, tenant.token);
    return api;
  }

  /** Tells the simulator something on its control address. */
  async control(method: string, path: string, body?: unknown): Promise<void> {
    const response = await fetch(`${this.system.simulator.url}/_control/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`the simulator refused: ${await response.text()}`);
  }

  /** The provider's own log. */
  async calls(): Promise<CallEntry[]> {
    const response = await fetch(`${this.system.simulator.url}/_control/calls`);
    return ((await response.json()) as { calls: CallEntry[] }).calls;
  }

  /** Memory of each surviving worker, as a part of what it needed when it was warm. */
  growth(): Promise<number[]> {
    return this.#workers.growth();
  }

  /** Ends the workers in order; tells of each that did not obey, and of connections that stayed behind. */
  async dismiss(): Promise<string[]> {
    this.proxy.heal();
    this.providerProxy.heal();
    const broken = await this.#workers.dismiss();
    const left = `select application_name as name from pg_stat_activity
      where datname = current_database() and application_name like 'worker-%'`;
    const { admin } = this.system.db;
    const isClear = async () => (await admin.query(left)).rows.length === 0;
    await eventually('no connection is left', isClear, 5_000).catch(() => {});
    const { rows } = await admin.query<{ name: string }>(left);
    return [...broken, ...rows.map(({ name }) => `r1: a connection is left: ${name}`)];
  }

  /** Writes what every process logged into a folder, a file each, and what the tables say that invariants ask. */
  async saveLogs(folder: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    const apis = this.apis.map(({ process }) => process);
    for (const [name, processes] of Object.entries({ worker: this.workers, api: apis }))
      for (const [index, { log }] of processes.entries())
        await writeFile(join(folder, `${name}-${index + 1}.log`), log);
    for (const table of told) {
      const { rows } = await this.system.db.admin.query(`select * from ${table}`);
      await writeFile(
        join(folder, `${table}.jsonl`),
        rows.map((row) => JSON.stringify(row)).join('\n'),
      );
    }
  }

  /** Throws when anybody was told what they never may be. */
  async close(): Promise<void> {
    this.proxy.heal();
    await this.#workers.kill();
    const logged = [...this.workers, ...this.apis.map(({ process }) => process)];
    await Promise.all(this.apis.map(({ process }) => process.end('SIGTERM')));
    try {
      await this.system.stop({
        answers: this.apis.flatMap(({ answers }) => answers()),
        logged: logged.map(({ log }) => log).join('\n'),
      });
    } finally {
      await Promise.all([this.receiver, this.proxy, this.providerProxy].map((it) => it.close()));
      await rm(this.#folder, { recursive: true, force: true });
    }
  }
}

function through(address: string, proxy: TcpProxy): string {
  const url = new URL(address);
  url.hostname = '127.0.0.1';
  url.port = String(proxy.port);
  return url.toString().replace(/\/$/, '');
}
