-- How many tasks of one organisation run at once: its plan is the tier of its jobs, for the queue to count by.

create function app.plan_of(wanted_org uuid) returns text
  language plpgsql stable security definer set search_path = ''
  as $$
  begin
    return (select o.plan from public.organizations o where o.org_id = wanted_org);
  end
  $$;
comment on function app.plan_of(uuid) is 'For the queue only: the tier of an organisation''s jobs. Null when there is no such organisation.';
revoke all on function app.plan_of(uuid) from public;
grant usage on schema app to devsphere_queue;
grant execute on function app.plan_of(uuid) to devsphere_queue;
