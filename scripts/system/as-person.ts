import type { CommandContext } from '@devsphere/shared/commands/command-context.ts';
import { openDatabase } from '@devsphere/shared/db/database.ts';
import { startBoss } from '@devsphere/shared/queue/boss.ts';
import { createClient } from '@supabase/supabase-js';
import type { Addresses } from './settings.ts';

export type Credentials = { email: string; password: string; displayName: string };

/** Signs a person in through Supabase, signing them up first if they are new. Returns their id and access token. */
export async function signInOrUp(
  at: Addresses,
  { email, password, displayName }: Credentials,
): Promise<{ userId: string; token: string }> {
  const supabase = createClient(at.supabase, at.publishableKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  });
  const signedIn = await supabase.auth.signInWithPassword({ email, password });
  const { data, error } = signedIn.data.session
    ? signedIn
    : await supabase.auth.signUp({
        email,
        password,
        options: { data: { display_name: displayName } },
      });
  if (!data.session || !data.user)
    throw new Error(
      `${email} can't sign in: ${error?.message ?? 'the project asks to confirm the address first'}`,
    );
  return { userId: data.user.id, token: data.session.access_token };
}

/** Opens what commands need, for a script that acts as people; closes it afterwards. */
export async function withCommands<T>(
  at: Addresses,
  work: (contextOf: (userId: string) => CommandContext) => Promise<T>,
): Promise<T> {
  const onError = (error: Error) => {
    throw error;
  };
  const database = openDatabase({
    url: at.appDatabase,
    name: 'script',
    maxConnections: 4,
    onError,
  });
  const boss = await startBoss({
    url: at.appDatabase,
    name: 'script',
    maxConnections: 1,
    supervise: false,
    onError,
  });
  try {
    return await work((userId) => ({
      database,
      boss,
      actor: { type: 'person', userId },
      requestId: null,
    }));
  } finally {
    await boss.stop({ graceful: false });
    await database.close();
  }
}
