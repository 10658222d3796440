'use client';

import type { ScheduleDetail } from '@devsphere/shared/contracts/http/schedule.ts';
import { useState, useTransition } from 'react';
import { saveScheduleAction } from '../../app/[org]/schedules/new/actions.ts';
import { type FormField, problemsByField, readInput } from '../form-fields.ts';
import { isRedirect } from './is-redirect.ts';
import { newKey } from './new-key.ts';
import { useViewerZone } from './use-viewer-zone.ts';

export type ScheduleSettings = Pick<ScheduleDetail, 'name' | 'cron' | 'catchUp'> & {
  /** Null: the reader's own. */
  timeZone: string | null;
};

export type ScheduleFormOptions = {
  org: string;
  /** The schedule to change; null to make one. */
  scheduleId: string | null;
  kind: string;
  fields: FormField[];
  values: Record<string, string>;
  settings: ScheduleSettings;
};

type Problems = { input: Record<string, string>; settings: Record<string, string> };

const settingNames: readonly string[] = ['name', 'cron', 'timeZone', 'catchUp'];
const none: Problems = { input: {}, settings: {} };
const notSent = 'The schedule could not be saved. Check your connection and save again.';

/** The state of a schedule's form: the task's values, when it runs, messages by field, and how to save it. */
export function useScheduleForm(options: ScheduleFormOptions) {
  const { org, scheduleId, kind, fields } = options;
  const viewerZone = useViewerZone();
  const [values, setValues] = useState(options.values);
  const [chosen, setSettings] = useState(options.settings);
  const [problems, setProblems] = useState(none);
  const [key, setKey] = useState(newKey);
  const [pending, startTransition] = useTransition();
  const settings = { ...chosen, timeZone: chosen.timeZone ?? viewerZone ?? 'UTC' };

  const setValue = (name: string, value: string) => {
    setValues((before) => ({ ...before, [name]: value }));
    setProblems(({ input: { [name]: _, ...input }, settings }) => ({ input, settings }));
  };
  const set = (change: Partial<ScheduleSettings>) => {
    setSettings((before) => ({ ...before, ...change }));
    setProblems(({ input, settings }) => ({
      input,
      settings: Object.fromEntries(Object.entries(settings).filter(([name]) => !(name in change))),
    }));
  };

  const send = async (input: Record<string, unknown>) => {
    try {
      const { name, cron, timeZone, catchUp } = settings;
      const saving = { org, scheduleId, kind, name, input, cron, timeZone, catchUp };
      // Answers only when refused: a saved schedule leads to its page.
      const refused = await saveScheduleAction({ ...saving, idempotencyKey: key });
      if (!refused) return;
      if (refused.code === 'idempotency_key_reused') setKey(newKey());
      setProblems(sorted(refused, fields));
    } catch (error) {
      if (isRedirect(error)) throw error;
      setProblems({ input: { '': notSent }, settings: {} });
    }
  };

  const save = () => {
    if (pending) return;
    const read = readInput(fields, values);
    if ('fields' in read) return setProblems({ input: read.fields, settings: {} });
    setProblems(none);
    startTransition(() => send(read.input));
  };

  return { values, setValue, settings, set, problems, pending, save };
}

function sorted(
  refused: { message: string; fields: Array<{ field: string; message: string }> },
  fields: readonly FormField[],
): Problems {
  const ofSettings = refused.fields.filter(({ field }) => settingNames.includes(field));
  const others = refused.fields.filter(({ field }) => !settingNames.includes(field));
  return {
    settings: Object.fromEntries(ofSettings.map(({ field, message }) => [field, message])),
    input: refused.fields.length > 0 ? problemsByField(others, fields) : { '': refused.message },
  };
}
