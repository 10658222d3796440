import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Browser, BrowserContext } from 'playwright-core';
import { launchBrowser, place, signInBrowser } from '../../e2e/browser/browser.ts';
import { type Credentials, signInOrUp } from '../../scripts/system/as-person.ts';
import { freePort } from '../../scripts/system/ports.ts';
import { type Addresses, readSettings, type Settings } from '../../scripts/system/settings.ts';
import { startSystem } from '../../scripts/system/system.ts';

export type WholeSystem = {
  at: Addresses;
  settings: Settings;
  /** As the database's superuser, to prepare what would take people too long. */
  admin: pg.Pool;
  browser: Browser;
  close: () => Promise<void>;
};

export type Ports = Record<'web' | 'api' | 'simulator' | 'agent' | 'supabase' | 'db', number>;

export async function freePorts(): Promise<Ports> {
  const [web, api, simulator, agent, supabase, db] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  return { web, api, simulator, agent, supabase, db };
}

/** Every process of the system as `npm start` runs it, on new data, and a browser. */
export async function openWholeSystem(
  say: (line: string) => void,
  ports: Ports,
  environment: Record<string, string> = {},
): Promise<WholeSystem> {
  const home = await mkdtemp(join(tmpdir(), 'devsphere-bench-'));
  const settings = readSettings({
    ...environment,
    ...Object.fromEntries(
      Object.entries(ports).map(([name, port]) => [`${name.toUpperCase()}_PORT`, String(port)]),
    ),
    DEVSPHERE_HOME: home,
    ADDRESS_LIMIT_FACTOR: '100',
  });
  const system = await startSystem({ settings, development: false, withWeb: true, say });
  place.web = system.at.web;
  const browser = await launchBrowser();
  const admin = new pg.Pool({
    connectionString: `postgresql://supabase_admin:${settings.secrets.admin}@127.0.0.1:${ports.db}/postgres?sslmode=disable`,
    max: 2,
  });
  return {
    at: system.at,
    settings,
    admin,
    browser,
    close: async () => {
      await browser.close();
      await admin.end();
      await system.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

export type SignedIn = {
  userId: string;
  orgId: string;
  slug: string;
  /** For the API. */
  token: string;
  /** A browser window of theirs. */
  window: BrowserContext;
};

/** A person with their own organisation, signed in to the API and in a browser. */
export async function signIn(
  { at, admin, browser }: WholeSystem,
  credentials: Credentials,
): Promise<SignedIn> {
  const { userId, token } = await signInOrUp(at, credentials);
  const { rows } = await admin.query<{ org_id: string; slug: string }>(
    'select o.org_id, o.slug from organizations o join memberships m using (org_id) where m.user_id = $1',
    [userId],
  );
  const [organization] = rows;
  if (!organization) throw new Error('signing up made no organisation');
  const window = await browser.newContext();
  const page = await window.newPage();
  await signInBrowser(page, credentials.email, credentials.password);
  await page.close();
  return { userId, token, orgId: organization.org_id, slug: organization.slug, window };
}
