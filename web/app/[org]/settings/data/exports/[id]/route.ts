import { openExport } from '@devsphere/shared/commands/open-export.ts';
import { AppError } from '@devsphere/shared/errors.ts';
import { openFile } from '@devsphere/shared/storage/open-file.ts';
import { webEnv } from '../../../../../../lib/env.ts';
import type { RouteContext, TaskParams } from '../../../../../../lib/page-props.ts';
import { commandContext } from '../../../../../../lib/server/command-context.ts';
import { requirePermission } from '../../../../../../lib/server/organization.ts';

/** Downloads an export, as the person who asks. */
export async function GET(
  _request: Request,
  { params }: RouteContext<TaskParams>,
): Promise<Response> {
  const { org, id } = await params;
  const { person, organization } = await requirePermission(org, 'organization.export');
  const { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY } = webEnv();
  try {
    const { path } = await openExport(await commandContext(person), {
      orgId: organization.orgId,
      exportId: id,
    });
    const content = await openFile(
      { supabaseUrl: SUPABASE_URL, publishableKey: SUPABASE_PUBLISHABLE_KEY },
      person.accessToken,
      { bucket: 'exports', path },
    );
    return new Response(content, {
      headers: {
        'Content-Type': 'application/zip',
        'Content-Disposition': `attachment; filename="${organization.slug}-export.zip"`,
        'Cache-Control': 'private, no-store',
      },
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return new Response(error.message, {
      status: error.status,
      headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
    });
  }
}
