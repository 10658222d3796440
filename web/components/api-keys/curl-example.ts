/** A request to try a key with: submits a task. */
export function curlExample(apiUrl: string, org: string, token: string): string {
  return [
    `curl ${apiUrl}/v1/orgs/${org}/tasks \\`,
    `  -H 'Authorization: Bearer ${token}' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '{"kind": "assistant.prompt", "input": {"prompt": "Hello"}}'`,
  ].join('\n');
}
