'use client';

import { taskTag } from '@devsphere/shared/contracts/http/task.ts';
import { CloseButton, TextInput } from '@mantine/core';
import { IconTag } from '@tabler/icons-react';
import { useState } from 'react';
import classes from './task-filters.module.css';

/** As many as the list can be narrowed to. */
const mostTags = 5;

type TagFilterProps = { tag: string; show: (tag: string) => void };

/** Narrows the list to a tag, or to several with commas between; Enter or leaving the field applies it. */
export function TagFilter({ tag, show }: TagFilterProps) {
  const [typed, setTyped] = useState(tag);
  const tags = typed
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);
  const isWrong = tags.length > mostTags || tags.some((one) => !taskTag.safeParse(one).success);
  const apply = () => {
    if (!isWrong && tags.join(',') !== tag) show(tags.join(','));
  };
  return (
    <TextInput
      className={classes.tag}
      aria-label="Tag"
      placeholder="Any tag"
      leftSection={<IconTag size={16} aria-hidden />}
      rightSection={
        tag && (
          <CloseButton
            size="sm"
            aria-label={`Tag ${tag}: show tasks without it too`}
            onClick={() => show('')}
          />
        )
      }
      maxLength={200}
      error={isWrong && `Up to ${mostTags} tags, with commas between`}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={apply}
      onKeyDown={(event) => {
        if (event.key === 'Enter') apply();
      }}
    />
  );
}
