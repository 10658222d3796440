import 'server-only';
import type { CommandContext } from '@devsphere/shared/commands/command-context.ts';
import { AppError } from '@devsphere/shared/errors.ts';
import { newId } from '@devsphere/shared/ids.ts';
import { tooMany } from '@devsphere/shared/limits/rate-limiter.ts';
import { originOf } from '@devsphere/shared/origin.ts';
import { headers } from 'next/headers';
import { clientAddress } from './client-address.ts';
import type { SignedInPerson } from './person.ts';
import { boss, database, limiter, log } from './services.ts';

/** What a command needs to act as this person. Throws `rate_limited` for one who commands too often. */
export async function commandContext(person: SignedInPerson): Promise<CommandContext> {
  const allowance = await limiter().take('person', person.userId);
  if (!allowance.allowed) throw tooMany(allowance);
  const sent = await headers();
  return {
    database: database(),
    boss: await boss(),
    actor: { type: 'person', userId: person.userId },
    requestId: newId(),
    origin: originOf(await clientAddress(), sent.get('user-agent')),
  };
}

/** The error a person may see. Anything unexpected is logged under an id and becomes a plain sentence with it. */
export function publicError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const id = newId();
  log().error({ err: error, requestId: id }, 'a command failed');
  return new AppError(
    'internal',
    `Something went wrong on our side. Try again; if it stays, quote ${id}.`,
  );
}
