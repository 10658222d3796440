/** What a server action answers to a form: a message for the whole, messages by field, values to show again. */
export type FormState = {
  message?: string;
  fields?: Record<string, string>;
  values?: Record<string, string>;
  /** Set when the form has done its work and only this is left to say. */
  done?: string;
};
