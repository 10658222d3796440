import type { Callable } from './catalogue.ts';
import type { Cell } from './cells.ts';
import type { Filled } from './fill.ts';
import type { Subject } from './subjects.ts';

/** Every function the subject may call, asked about the other organisation: what it answers, and what it changes. */
export function functionCells(callables: Callable[], { role }: Subject, other: Filled): Cell[] {
  return callables
    .filter((callable) => callable.role === role)
    .flatMap(({ name, types }) =>
      [other.rowId, other.owner.actor.userId].flatMap((second): Cell[] => {
        const call = `${name}(${argumentsOf(types, other.orgId, second)})`;
        const cell = { table: name, column: null, alike: undefined };
        return [
          {
            ...cell,
            verb: 'answers elsewhere',
            what: 'ask',
            writes: false,
            statement: `select from ${call}`,
          },
          {
            ...cell,
            verb: 'forbidden',
            what: 'read through a function elsewhere',
            writes: false,
            statement: `select from ${call} as answer where answer::text like '%canary-${other.orgId}%'`,
          },
          {
            ...cell,
            verb: 'forbidden',
            what: 'change by function',
            writes: true,
            statement: `select ${call}`,
          },
        ];
      }),
    );
}

function argumentsOf(types: string[], orgId: string, second: string): string {
  let ids = 0;
  return types
    .map((type) => {
      switch (type) {
        case 'uuid':
          return `'${ids++ === 0 ? orgId : second}'::uuid`;
        case 'text':
          return `'tasks.read'`;
        case 'app.member_role':
          return `'owner'::app.member_role`;
        case 'bigint':
        case 'integer':
          return '1';
        case 'jsonb':
          return `'{}'::jsonb`;
        case 'interval':
          return `interval '1 day'`;
        case 'timestamp with time zone':
          return 'now()';
        case 'text[]':
          return `'{tasks}'::text[]`;
        case 'boolean':
          return 'true';
        case 'date':
          return 'current_date';
        default:
          throw new Error(`the matrix knows no value of type ${type}`);
      }
    })
    .join(', ');
}
