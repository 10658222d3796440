-- Whether operators hold a queue is asked beside a waiting job, by the role that sees jobs and no tenant's table.
create function app.queue_paused(wanted_queue text) returns boolean
  language plpgsql stable security definer set search_path = ''
  as $$
  begin
    return exists (select from public.queue_controls c where c.queue = wanted_queue);
  end
  $$;
comment on function app.queue_paused(text) is 'For the queue only: whether operators hold it.';
revoke all on function app.queue_paused(text) from public;
grant execute on function app.queue_paused(text) to devsphere_queue;
