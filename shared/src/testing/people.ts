import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { MemberRole } from '../access/permissions.ts';
import type { CommandContext, Person } from '../commands/command-context.ts';
import type { TestDatabase } from './test-database.ts';
import { testServer } from './test-server.ts';

export type TestPerson = { actor: Person; email: string; orgId: string; slug: string };

/** Signs a person up as the database sees it; their personal organisation is made by the database itself. */
export async function signUp(test: TestDatabase, name: string): Promise<TestPerson> {
  const userId = randomUUID();
  const email = `${name}-${userId.slice(0, 8)}@example.test`;
  await test.admin.query(
    'insert into auth.users (id, email, raw_user_meta_data) values ($1, $2, $3)',
    [userId, email, JSON.stringify({ display_name: name })],
  );
  const { rows } = await test.admin.query(
    'select org_id, slug from memberships join organizations using (org_id) where user_id = $1',
    [userId],
  );
  return { actor: { type: 'person', userId }, email, orgId: rows[0].org_id, slug: rows[0].slug };
}

/** Puts a person into an organisation with a role, replacing the one they had. */
export async function join(
  test: TestDatabase,
  person: TestPerson,
  orgId: string,
  role: MemberRole,
): Promise<void> {
  await test.admin.query(
    `insert into memberships (org_id, user_id, role) values ($1, $2, $3)
     on conflict (org_id, user_id) do update set role = excluded.role`,
    [orgId, person.actor.userId, role],
  );
}

export function contextOf(test: TestDatabase, person: TestPerson): CommandContext {
  return { database: test.database, boss: test.boss, actor: person.actor, requestId: null };
}

/** An access token as Supabase would sign it; `expiresInSeconds` may be negative. */
export function tokenOf(
  person: TestPerson,
  expiresInSeconds = 3600,
  secret = testServer.jwtSecret,
): Promise<string> {
  return new SignJWT({ role: 'authenticated', email: person.email })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(person.actor.userId)
    .setIssuedAt()
    .setExpirationTime(Math.floor(Date.now() / 1000) + expiresInSeconds)
    .sign(new TextEncoder().encode(secret));
}
