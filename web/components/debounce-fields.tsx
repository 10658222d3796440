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
        label="Debounce key"
        description="A later submission under the same key replaces the input of this one until it starts: for what changes often, such as a page being edited."
        maxLength={200}
        {...fieldOf('debounce')}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" mt="md">
        <TextInput
          label="Debounce time"
          description="It starts this many minutes after the last submission under the key."
          inputMode="numeric"
          {...fieldOf('debounceSeconds')}
        />
        <TextInput
          label="Longest wait"
          description="It starts this many minutes after the first one at the latest; empty means 60."
          inputMode="numeric"
          {...fieldOf('debounceMaximumSeconds')}
        />
      </SimpleGrid>
    </>
  );
}
