import type { OperatorContext } from '../commands/operator/operator-context.ts';
import { signUp, type TestPerson } from './people.ts';
import type { TestDatabase } from './test-database.ts';

/** Signs a person up and makes them an operator of the platform. */
export async function signUpOperator(test: TestDatabase, name: string): Promise<TestPerson> {
  const person = await signUp(test, name);
  await test.admin.query('insert into platform_operators (user_id) values ($1)', [
    person.actor.userId,
  ]);
  return person;
}

/** What a person commands with who claims to be an operator, rightly or not. */
export function operatorContextOf(test: TestDatabase, person: TestPerson): OperatorContext {
  return {
    database: test.database,
    boss: test.boss,
    actor: { type: 'operator', userId: person.actor.userId },
    requestId: null,
  };
}
