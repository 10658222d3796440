import { watch } from 'node:fs';
import { join } from 'node:path';
import { buildWeb } from './build-web.ts';
import { SystemLock } from './lock.ts';
import { assertPortsFree } from './ports.ts';
import { prepareDatabase } from './prepare-database.ts';
import { Service } from './service.ts';
import { agentUnavailable, defineServices, type ServiceName } from './services.ts';
import { type Addresses, addressesOf, root, type Settings } from './settings.ts';

export type SystemOptions = {
  settings: Settings;
  /** Restart what changes; the web application runs unbuilt. */
  development: boolean;
  /** Left out by tools that need no page. */
  withWeb: boolean;
  /** More of their environment for those that answer people and programs. */
  edgeEnv?: Record<string, string>;
  /** Told what is being done, one short line at a time. */
  say: (line: string) => void;
};

export type RunningSystem = {
  at: Addresses;
  /** Why the agent service is not there; undefined when it is. */
  agentUnavailable: string | undefined;
  services: Map<ServiceName, Service>;
  stop: () => Promise<void>;
};

/** What depends on others stops before them. */
const stopOrder: ServiceName[] = ['web', 'api', 'worker', 'agent', 'simulator', 'supabase'];
const edges: ServiceName[] = ['web', 'api'];
const restartMilliseconds = 1_000;

/** Starts every process in order and waits until each answers. Throws one clear sentence when it can't; then nothing is left running. */
export async function startSystem({
  settings,
  development,
  withWeb,
  edgeEnv = {},
  say,
}: SystemOptions): Promise<RunningSystem> {
  const at = addressesOf(settings);
  const lock = new SystemLock(settings.DEVSPHERE_HOME);
  const holder = lock.holder();
  if (holder !== undefined)
    throw new Error(
      `DevSphere OS is already running here as process ${holder}. Stop it with Ctrl-C in its terminal, or with: kill ${holder}`,
    );
  const orphans = await lock.take();
  if (orphans > 0) say(`Ended ${orphans} processes that an earlier start had left behind.`);
  const definitions = defineServices(settings, at, development);
  const services = new Map<ServiceName, Service>();
  let stopping = false;

  const add = (name: ServiceName): Service => {
    const service: Service = new Service({
      ...definitions[name],
      env: { ...definitions[name].env, ...(edges.includes(name) ? edgeEnv : {}) },
      logFile: join(settings.DEVSPHERE_HOME, 'logs', `${name}.log`),
      onSpawn: (pid) => lock.addChild(pid),
      onCrash: (reason) => {
        if (stopping) return;
        say(`${reason}; starting it again.`);
        setTimeout(
          () => !stopping && service.start().catch((error: Error) => say(error.message)),
          restartMilliseconds,
        );
      },
    });
    services.set(name, service);
    return service;
  };
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    for (const name of stopOrder) await services.get(name)?.stop();
    lock.release();
  };

  try {
    await assertPortsFree(portsOf(settings, at, withWeb));
    if (withWeb && !development) buildWeb(() => say('Building the web application …'));
    if (at.embedded) {
      say('Starting the database …');
      await add('supabase').start();
    }
    say('Migrating …');
    await prepareDatabase({
      owner: at.ownerDatabase,
      app: at.appDatabase,
      appPassword: at.embedded ? settings.secrets.app : undefined,
    });
    say('Starting services …');
    let missingAgent = agentUnavailable(settings);
    const startAgent = async () => {
      if (missingAgent) return;
      // Its tasks wait while it is away; nothing else does.
      await add('agent')
        .start()
        .catch((error: Error) => {
          missingAgent = error.message;
          services.delete('agent');
        });
    };
    await Promise.all([
      at.simulated && add('simulator').start(),
      add('api').start(),
      startAgent(),
      withWeb && add('web').start(),
    ]);
    // After those it asks: its first look at the others is what the status page says for a minute.
    await add('worker').start();
    if (development) watchSources(definitions, services, say);
    return { at, agentUnavailable: missingAgent, services, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function portsOf(settings: Settings, at: Addresses, withWeb: boolean): Array<[string, number]> {
  return [
    ...(withWeb ? [['WEB_PORT', settings.WEB_PORT] as [string, number]] : []),
    ['API_PORT', settings.API_PORT],
    ['AGENT_PORT', settings.AGENT_PORT],
    ...(at.simulated ? [['SIMULATOR_PORT', settings.SIMULATOR_PORT] as [string, number]] : []),
    ...(at.embedded
      ? ([
          ['SUPABASE_PORT', settings.SUPABASE_PORT],
          ['DB_PORT', settings.DB_PORT],
        ] as Array<[string, number]>)
      : []),
  ];
}

function watchSources(
  definitions: ReturnType<typeof defineServices>,
  services: Map<ServiceName, Service>,
  say: (line: string) => void,
): void {
  for (const [name, service] of services) {
    let timer: NodeJS.Timeout | undefined;
    for (const folder of definitions[name].watch) {
      watch(join(root, folder), { recursive: true }, () => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          say(`${name} changed; starting it again.`);
          service.restart().catch((error: Error) => say(error.message));
        }, 200);
      });
    }
  }
}
