import type { NextRequest } from 'next/server';
import { finishMailLink } from '../../../../lib/server/mail-link.ts';

/** Links in mails of the embedded Supabase lead here, since they are built from the address of this site. */
export async function GET(request: NextRequest): Promise<Response> {
  const query = request.nextUrl.searchParams;
  return finishMailLink({
    tokenHash: query.get('token_hash') ?? query.get('token'),
    type: query.get('type'),
    code: null,
    next: query.get('redirect_to') ?? query.get('next'),
  });
}
