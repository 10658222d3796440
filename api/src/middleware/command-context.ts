import type { Caller, CommandContext } from '@devsphere/shared/commands/command-context.ts';
import type { ApiKeyScope } from '@devsphere/shared/contracts/http/api-key-scopes.ts';
import { originOf } from '@devsphere/shared/origin.ts';
import type { Request, Response } from 'express';
import type { AppDependencies } from '../app.ts';
import { callerOf, requestIdOf, type Session, sessionOf } from './authenticate.ts';

type Clients = Pick<AppDependencies, 'database' | 'boss'>;

/** What a command needs to act for a person; an API key is refused. */
export function commandContextOf(
  clients: Clients,
  request: Request,
  response: Response,
): CommandContext {
  return contextFor(clients, request, sessionOf(response));
}

/** What a command needs to act for a person, or for a program whose key has the scope. */
export function callerContextOf(
  clients: Clients,
  request: Request,
  response: Response,
  scope: ApiKeyScope,
): CommandContext<Caller> {
  return contextFor(clients, request, callerOf(response, scope));
}

/** The address is the one that trusted proxies saw. */
function contextFor<A extends Caller>(
  { database, boss }: Clients,
  request: Request,
  { actor }: Session<A>,
): CommandContext<A> {
  return {
    database,
    boss,
    actor,
    requestId: requestIdOf(request),
    origin: originOf(request.ip, request.get('User-Agent')),
  };
}
