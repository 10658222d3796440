import type { Permission } from '../../access/permissions.ts';
import type { Person } from '../../commands/command-context.ts';
import type { OutgoingContext } from '../../commands/outgoing-context.ts';
import type { Database } from '../../db/database.ts';
import type { ErrorCode } from '../../errors.ts';
import type { Targets, World } from './world.ts';

/** Who asks, of which organisation, about what. */
export type Asked = {
  c: OutgoingContext;
  db: Database;
  me: Person;
  org: string;
  ids: Targets;
  world: World;
};

/** One query or command, asked of the first organisation. */
export type Call = {
  ask: (asked: Asked) => Promise<unknown>;
  /** What a role needs, where asking without it must be refused rather than answered with nothing. */
  needs?: Permission;
  /** Whether what it is about is hidden from who lacks the role, so that they are told there is none. */
  hidden?: true;
  /** With what an owner is refused, for calls that come too late. */
  refusedWith?: ErrorCode;
};
