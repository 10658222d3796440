import { SimpleGrid, TextInput } from '@mantine/core';
import type { AdvancedValues } from '../lib/advanced-options.ts';

type Name = 'debounce' | 'debounceSeconds' | 'debounceMaximumSeconds';
type DebounceFieldsProps = {
  fieldOf: (name: Name) => {
    value: AdvancedValues[Name];
    error: string | undefined;
    onChange: (event: { currentTarget: { value: string } }) => void;
  };
};

/** Whether a task waits for others of its key, which replace it until it starts. */
export function DebounceFields({ fieldOf }: DebounceFieldsProps) {
  return (
    <>
      <TextInput
        mt="md"
        label="Key to wait under"
        description="What is submitted under the same key before it starts replaces its input: for what changes often, such as a page being edited."
        maxLength={200}
        {...fieldOf('debounce')}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" mt="md">
        <TextInput
          label="Starts when none came for"
          description="Minutes since the last one under the key."
          inputMode="numeric"
          {...fieldOf('debounceSeconds')}
        />
        <TextInput
          label="Waits at most"
          description="Minutes since the first one; empty means 60."
          inputMode="numeric"
          {...fieldOf('debounceMaximumSeconds')}
        />
      </SimpleGrid>
    </>
  );
}
