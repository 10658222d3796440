'use client';

import { Group, Text, Textarea } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconFileText } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { readTextFile } from '../lib/browser/read-text-file.ts';
import classes from './file-field.module.css';
import type { FieldInputProps } from './task-field-input.tsx';

/** A long text: typed, pasted, or read from a file that is dropped or chosen. */
export function FileField({ field, value, problem, onChange }: FieldInputProps) {
  const [fileProblem, setFileProblem] = useState<string>();
  const [fileName, setFileName] = useState<string>();
  const openChooser = useRef<() => void>(null);

  const take = async ([file]: File[]) => {
    if (!file) return;
    const read = await readTextFile(file, field.maxLength);
    if ('problem' in read) return setFileProblem(read.problem);
    setFileProblem(undefined);
    setFileName(file.name);
    onChange(read.text);
  };

  const tooLong = field.maxLength !== null && value.length > field.maxLength;
  return (
    <Dropzone
      onDrop={take}
      openRef={openChooser}
      activateOnClick={false}
      activateOnKeyboard={false}
      enablePointerEvents
      multiple={false}
      unstyled
      classNames={{ root: classes.zone }}
      inputProps={{ 'aria-label': `File for ${field.title}` }}
      tabIndex={-1}
    >
      <Textarea
        label={field.title}
        description={field.description}
        required={field.required}
        error={
          problem ??
          fileProblem ??
          (tooLong
            ? `Too long: at most ${field.maxLength?.toLocaleString('en')} characters.`
            : undefined)
        }
        value={value}
        onChange={(event) => {
          setFileProblem(undefined);
          onChange(event.currentTarget.value);
        }}
        autosize
        minRows={6}
        maxRows={18}
        spellCheck={false}
        classNames={{ input: classes.text }}
      />
      <Group gap={6} mt={6}>
        <IconFileText size={16} aria-hidden />
        <Text size="xs" c="dimmed">
          <button type="button" className={classes.choose} onClick={() => openChooser.current?.()}>
            Choose a file
          </button>{' '}
          or drop it here
          {fileName && ` · ${fileName}`}
          {value && ` · ${value.length.toLocaleString('en')} characters`}
        </Text>
      </Group>
    </Dropzone>
  );
}
