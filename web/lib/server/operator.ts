import 'server-only';
import type { OperatorContext } from '@devsphere/shared/commands/operator/operator-context.ts';
import { asOperator, type Operator } from '@devsphere/shared/db/as-operator.ts';
import { AppError } from '@devsphere/shared/errors.ts';
import { newId } from '@devsphere/shared/ids.ts';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { findPerson, type SignedInPerson } from './person.ts';
import { boss, database } from './services.ts';

export type SignedInOperator = { operator: Operator; person: SignedInPerson };

/** The operator who asks, as the database knows them; null for everybody else, signed in or not. */
export const findOperator = cache(async (): Promise<SignedInOperator | null> => {
  const person = await findPerson();
  if (!person) return null;
  const operator: Operator = { type: 'operator', userId: person.userId };
  try {
    await asOperator(database(), operator, async () => {});
    return { operator, person };
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  }
});

/** The operator who asks; everybody else finds nothing here. Each page and each action asks for itself. */
export async function requireOperator(): Promise<SignedInOperator> {
  return (await findOperator()) ?? notFound();
}

/** What an operator's command needs. */
export async function operatorContext(operator: Operator): Promise<OperatorContext> {
  return { database: database(), boss: await boss(), actor: operator, requestId: newId() };
}
