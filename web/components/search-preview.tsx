import type { TaskOutput } from '@devsphere/shared/tasks/catalogue.ts';
import { Paper, Text, Title } from '@mantine/core';
import classes from './search-preview.module.css';

/** How a result page shows the article: a title is cut at 600 pixels, a description at about two lines. */
export function SearchPreview({ meta }: { meta: TaskOutput<'seo.article'>['meta'] }) {
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }} component="section" aria-label="Search preview">
      <Title order={2} mb="sm">
        In a search
      </Title>
      <div className={classes.result}>
        <Text size="xs" c="dimmed">
          your-site.example › {meta.slug}
        </Text>
        <p className={classes.title}>{meta.title}</p>
        <p className={classes.description}>{meta.description}</p>
      </div>
    </Paper>
  );
}
