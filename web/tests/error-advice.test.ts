import { describe, expect, it } from '@jest/globals';
import { adviceOn } from '../lib/error-advice.ts';

const fatal = (code: string) => adviceOn({ class: 'fatal', code });
const expired = (code: string) => adviceOn({ class: 'expired', code });

describe('advice on how a task ended', () => {
  it('does not blame the input for what it has no part in', () => {
    const blameless = [
      'spend_limit_reached',
      'model_access_denied',
      'model_payment_required',
      'own_key_refused',
      'agent_wrong_answer',
      'agent_refused_request',
      'storage_not_set_up',
    ];
    for (const code of blameless) expect(fatal(code)).toMatch(/^The input is not at fault\. /);
  });

  it('asks for other input where that helps', () => {
    for (const code of ['model_refused', 'model_refused_request', 'not_storable'])
      expect(fatal(code)).toContain('Run again with changes to the input');
    for (const code of ['input_too_long', 'context_exceeded', 'output_truncated'])
      expect(fatal(code)).toContain('less material');
  });

  it('speaks of less material only where a run took too long', () => {
    expect(expired('deadline_exceeded')).toContain('less material');
    for (const code of ['not_started_in_time', 'approval_timed_out'])
      expect(expired(code)).not.toContain('material');
  });

  it('has something true to say of codes it does not know', () => {
    expect(fatal('new_code')).toBe('Trying again as it is will most likely end the same way.');
    expect(expired('new_code')).toContain('Retry goes on');
  });
});
