-- A task whose job no worker of this version can read fails where it waits, instead of waiting for ever.
create or replace function app.task_transition_legal(before text, after text) returns boolean
  language plpgsql immutable set search_path = ''
  as $$
  begin
    return (before, after) in (
      ('queued', 'running'), ('queued', 'cancelled'), ('queued', 'expired'), ('queued', 'failed'),
      ('running', 'queued'), ('running', 'waiting'), ('running', 'succeeded'),
      ('running', 'failed'), ('running', 'cancelled'), ('running', 'expired'),
      ('waiting', 'queued'), ('waiting', 'cancelled'), ('waiting', 'expired'), ('waiting', 'failed'),
      ('failed', 'queued'), ('cancelled', 'queued'), ('expired', 'queued')
    );
  end
  $$;
