import { apiKeyScopeNames, apiKeyScopes } from '@devsphere/shared/contracts/http/api-key-scopes.ts';
import { Code, Paper, Stack, Text, Title } from '@mantine/core';
import { TextLink } from '../links.tsx';
import { Fact, FactList } from '../settings/fact-list.tsx';
import { CopyableCode } from './copyable-code.tsx';
import { curlExample } from './curl-example.ts';

/** How a program uses a key, and what each scope opens. */
export function UsingAKey({ org, apiUrl }: { org: string; apiUrl: string }) {
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }} component="section" aria-label="Using a key">
      <Stack gap="md">
        <Title order={2}>Using a key</Title>
        <CopyableCode label="Submit a task" text={curlExample(apiUrl, org, 'ds_live_…')} />
        <Text size="sm">
          Everything a program can do is in the{' '}
          <TextLink href={`${apiUrl}/docs`}>reference of the API</TextLink>. Every key may also read
          the name of this organisation.
        </Text>
        <FactList>
          {apiKeyScopeNames.map((scope) => (
            <Fact key={scope} name={scope}>
              {apiKeyScopes[scope]}
            </Fact>
          ))}
        </FactList>
        <Text size="sm" c="dimmed">
          Keys don’t change schedules, which run with a person’s rights, and never manage members,
          keys or budgets. Send <Code>Idempotency-Key</Code> with a submission to make repeating it
          harmless.
        </Text>
      </Stack>
    </Paper>
  );
}
