/** Answers as long as the process lives; says nothing about what it depends on. */
export function GET(): Response {
  return Response.json({ status: 'ok' }, { headers: { 'Cache-Control': 'no-store' } });
}
