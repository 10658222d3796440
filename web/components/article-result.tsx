'use client';

import type { TaskOutput } from '@devsphere/shared/tasks/catalogue.ts';
import { Alert, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { Article } from '../lib/server/article.ts';
import { ArticleChecks } from './article-checks.tsx';
import { OutputBar } from './output-bar.tsx';
import { SafeMarkdown } from './safe-markdown.tsx';
import { SearchPreview } from './search-preview.tsx';

type ArticleResultProps = {
  name: string;
  output: TaskOutput<'seo.article'>;
  article: Article | null;
};

/** A finished article: its score and what still fails, how a search shows it, the text, and what to paste where. */
export function ArticleResult({ name, output, article }: ArticleResultProps) {
  const { analysis, meta, score_before, score_after, rewrite, report } = output;
  return (
    <Stack gap="md" data-testid="task-output">
      <Paper withBorder p={{ base: 'md', sm: 'lg' }} component="section" aria-label="Score">
        <Group justify="space-between" align="baseline">
          <Title order={2}>Score</Title>
          <Text fz={32} fw={700} data-testid="article-score">
            {score_after}
            <Text span size="sm" c="dimmed">
              {' '}
              of 100
            </Text>
          </Text>
        </Group>
        <Text size="sm">{report}</Text>
        <Text size="sm" c="dimmed" mt={4}>
          {rewriteNote[rewrite]} {rewrite === 'applied' && `It was ${score_before} before.`}{' '}
          {analysis.word_count} words.
        </Text>
      </Paper>
      <SearchPreview meta={meta} />
      <Paper withBorder p={{ base: 'md', sm: 'lg' }} component="section" aria-label="Article">
        {article ? (
          <>
            <OutputBar
              title="Article"
              text={article.markdown}
              fileName={`${name}.md`}
              mediaType="text/markdown"
            />
            <SafeMarkdown text={article.markdown} />
          </>
        ) : (
          <Alert color="yellow" title="The text can't be read right now">
            It is stored; reload the page in a moment.
          </Alert>
        )}
      </Paper>
      <ArticleChecks checks={analysis.checks} markdown={article?.markdown ?? ''} />
      {article && (
        <Paper withBorder p={{ base: 'md', sm: 'lg' }} component="section" aria-label="HTML">
          <OutputBar
            title="HTML"
            text={article.html}
            fileName={`${name}.html`}
            mediaType="text/html"
          />
          <Text size="sm" c="dimmed">
            The article as HTML, ready for a page of yours.
          </Text>
        </Paper>
      )}
      <Paper
        withBorder
        p={{ base: 'md', sm: 'lg' }}
        component="section"
        aria-label="Structured data"
      >
        <OutputBar
          title="Structured data"
          text={JSON.stringify(meta.json_ld, null, 2)}
          fileName={`${name}.jsonld`}
          mediaType="application/ld+json"
        />
        <Text size="sm" c="dimmed">
          JSON-LD for the page. Author, publisher and dates are your site's to add.
        </Text>
      </Paper>
    </Stack>
  );
}

const rewriteNote = {
  none: 'Nothing had to be rewritten.',
  applied: 'What failed was rewritten once.',
  discarded: 'A rewrite scored no better, so the draft was kept.',
} as const;
