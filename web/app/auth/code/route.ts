import type { NextRequest } from 'next/server';
import { finishMailLink } from '../../../lib/server/mail-link.ts';

/** Ends a mail link of a hosted Supabase: the code is exchanged for a session. */
export async function GET(request: NextRequest): Promise<Response> {
  const query = request.nextUrl.searchParams;
  return finishMailLink({
    tokenHash: query.get('token_hash'),
    type: query.get('type'),
    code: query.get('code'),
    next: query.get('next'),
  });
}
