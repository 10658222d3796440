-- In PL/pgSQL the plan is kept: an SQL function with a search_path is planned at every call, which cost each start and
-- each end of a task a tenth of a millisecond.
create or replace function app.task_transition_legal(before text, after text) returns boolean
  language plpgsql immutable set search_path = ''
  as $$
  begin
    return (before, after) in (
      ('queued', 'running'), ('queued', 'cancelled'), ('queued', 'expired'),
      ('running', 'queued'), ('running', 'waiting'), ('running', 'succeeded'),
      ('running', 'failed'), ('running', 'cancelled'), ('running', 'expired'),
      ('waiting', 'queued'), ('waiting', 'cancelled'), ('waiting', 'expired'), ('waiting', 'failed'),
      ('failed', 'queued'), ('cancelled', 'queued'), ('expired', 'queued')
    );
  end
  $$;
