import type { JobAttempt } from '@devsphere/shared/contracts/operator.ts';
import { Code, Text } from '@mantine/core';
import { Elapsed } from '../elapsed.tsx';
import classes from './console.module.css';

/** How the last attempts at a task went: where, for how long, and the error's code and fingerprint. */
export function AttemptHistory({ attempts }: { attempts: JobAttempt[] }) {
  return (
    <details className={classes.history}>
      <summary>
        <Text component="span" size="sm">
          {attempts.length === 1 ? 'The attempt' : `The last ${attempts.length} attempts`}
        </Text>
      </summary>
      <ol>
        {attempts.map((attempt) => (
          <li key={attempt.attempt}>
            <Text size="sm" c="dimmed">
              Attempt {attempt.attempt} {attempt.state} on {attempt.worker},{' '}
              <Elapsed from={attempt.startedAt} until={attempt.endedAt} />
              {attempt.errorCode && (
                <>
                  {' '}
                  <Code>
                    {[attempt.errorClass, attempt.errorCode, attempt.errorFingerprint]
                      .filter(Boolean)
                      .join(' · ')}
                  </Code>
                </>
              )}
            </Text>
          </li>
        ))}
      </ol>
    </details>
  );
}
