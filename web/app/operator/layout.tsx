import { listPeople } from '@devsphere/shared/queries/list-people.ts';
import type { ReactNode } from 'react';
import { OperatorShell } from '../../components/operator/operator-shell.tsx';
import { requireOperator } from '../../lib/server/operator.ts';
import { database } from '../../lib/server/services.ts';

export default async function OperatorLayout({ children }: { children: ReactNode }) {
  const { person } = await requireOperator();
  const [profile] = await listPeople(database(), person, [person.userId]);
  return (
    <OperatorShell
      person={{ displayName: profile?.displayName ?? person.email, email: person.email }}
    >
      {children}
    </OperatorShell>
  );
}
