import type { CommandContext } from '@devsphere/shared/commands/command-context.ts';
import { originOf } from '@devsphere/shared/origin.ts';
import type { Request, Response } from 'express';
import type { AppDependencies } from '../app.ts';
import { requestIdOf, sessionOf } from './authenticate.ts';

/** What a command needs to act for the caller; the address is the one that trusted proxies saw. */
export function commandContextOf(
  { database, boss }: Pick<AppDependencies, 'database' | 'boss'>,
  request: Request,
  response: Response,
): CommandContext {
  return {
    database,
    boss,
    actor: sessionOf(response).actor,
    requestId: requestIdOf(request),
    origin: originOf(request.ip, request.get('User-Agent')),
  };
}
