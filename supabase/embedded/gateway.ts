import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { App, setExperimental } from '@supabase/lite';
import { createPostgresConnection } from '@supabase/lite/postgres';
import { fileStorage } from './file-storage.ts';

export type GatewayOptions = {
  /** Connection of the owner role; Lite takes the request's role inside each transaction. */
  ownerUrl: string;
  port: number;
  jwtSecret: string;
  publishableKey: string;
  /** Where links in mails lead. */
  siteUrl: string;
  /** Mails are written here instead of being sent. */
  mailboxDir: string;
  /** Files of the storage are kept here. */
  storageDir: string;
};

export type Gateway = { close: () => Promise<void> };

/**
 * Creates the `auth` and `storage` schemas if missing, without serving. Migrations need it to exist.
 * Admin mode stays off: a request without a key is anonymous, never the service role.
 */
export async function prepareAuth(options: GatewayOptions): Promise<App> {
  setExperimental('storage', true);
  const connection = createPostgresConnection({
    url: options.ownerUrl,
    postgresOptions: { onnotice: () => {} },
  });
  // Lite would otherwise grant every table to the API roles on its first request; our migrations decide grants.
  Object.assign(connection, { rlsState: 'active' });
  const app = new App({
    connection,
    auth: {
      enabled: true,
      jwt_secret: options.jwtSecret,
      jwt_expiry: 3600,
      publishable_key: options.publishableKey,
      site_url: options.siteUrl,
      additional_redirect_urls: [`${options.siteUrl}/**`],
      email: { enable_confirmations: false },
    },
    storage: { enabled: true, file_size_limit: '50MiB' },
    options: { server: { admin: false }, drivers: { email: fileMailbox(options.mailboxDir) } },
  });
  app._storageAdapter = fileStorage(options.storageDir);
  await app.ensureSystemSchema();
  await app.init();
  return app;
}

/** Serves `/auth/v1`, `/rest/v1` and `/storage/v1` on the loopback interface. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const app = await prepareAuth(options);
  const server = serve({
    port: options.port,
    hostname: '127.0.0.1',
    fetch: (request, env) =>
      isRefused(request)
        ? Response.json({ message: 'The storage does not do this here.' }, { status: 403 })
        : app.fetch(request, { peerAddress: env.incoming.socket.remoteAddress ?? null }),
  });
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  return {
    close: async () => {
      await new Promise((resolve) => server.close(resolve));
      await app.connection.close();
    },
  };
}

/**
 * Lite lets anybody empty a bucket, whatever its policies say, and tells visitors which files there are to delete.
 * Nothing of ours changes buckets or stores files for visitors.
 */
function isRefused({ method, url, headers }: Request): boolean {
  const path = decoded(new URL(url).pathname);
  if (['GET', 'HEAD', 'OPTIONS'].includes(method) || !/^\/+storage\//.test(path)) return false;
  const isSignedIn = /^Bearer [\w-]+\.[\w-]+\.[\w-]+$/i.test(headers.get('authorization') ?? '');
  return !isSignedIn || /^\/+storage\/v1\/+bucket(\/|$)/.test(path);
}

/** As Lite reads it: `%62ucket` is a bucket too. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** A mailbox of files, one JSON document a mail, so that password resets work without a mail server. */
function fileMailbox(directory: string) {
  return {
    async send(message: { to: string; subject: string; text?: string; html?: string }) {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const name = `${Date.now()}-${process.hrtime.bigint()}.json`;
      await writeFile(join(directory, name), JSON.stringify(message, null, 2), { mode: 0o600 });
    },
  };
}
