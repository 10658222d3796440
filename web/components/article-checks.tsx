import { Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { checkName, failingFirst, placesOf, type SeoCheck } from '../lib/article-checks.ts';

const labels = {
  good: { text: 'Good', color: 'green' },
  ok: { text: 'Nearly', color: 'yellow' },
  bad: { text: 'Fails', color: 'red' },
} as const;

/** Every check of an article, the failing ones first, with the places they mean. */
export function ArticleChecks({
  checks,
  markdown,
}: {
  checks: readonly SeoCheck[];
  markdown: string;
}) {
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }} component="section" aria-label="Checks">
      <Title order={2} mb="sm">
        Checks
      </Title>
      <Stack gap="sm" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
        {failingFirst(checks).map((check) => (
          <Check key={check.id} check={check} markdown={markdown} />
        ))}
      </Stack>
    </Paper>
  );
}

function Check({ check, markdown }: { check: SeoCheck; markdown: string }) {
  const { text, color } = labels[check.status];
  const places = check.status === 'good' ? [] : placesOf(check, markdown);
  return (
    <li>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <Badge color={color} variant="light" w={72} style={{ flexShrink: 0 }}>
          {text}
        </Badge>
        <div>
          <Text size="sm" fw={600}>
            {checkName(check.id)}
          </Text>
          <Text size="sm">{check.message}</Text>
          {places.length > 0 && (
            <details>
              <summary>
                <Text span size="sm">
                  Where: {check.positions.length}{' '}
                  {check.positions.length === 1 ? 'place' : 'places'}
                </Text>
              </summary>
              <Stack gap={4} mt={4}>
                {places.map((place) => (
                  <Text key={place} size="sm" component="mark" px={4}>
                    {place}
                  </Text>
                ))}
              </Stack>
            </details>
          )}
        </div>
      </Group>
    </li>
  );
}
