-- What each role may do: one list, which policies, the API and the web all ask.

create table app.permissions (
  permission text not null,
  min_role app.member_role not null,
  constraint permissions_pkey primary key (permission),
  constraint permissions_permission_shape check (permission ~ '^[a-z_]+\.[a-z_]+$')
);
comment on table app.permissions is 'The least role that may do a thing in its organisation; equal to shared/src/access/permissions.ts, which a test holds.';
revoke all on app.permissions from public;

insert into app.permissions (permission, min_role) values
  ('organization.read', 'viewer'),
  ('organization.update', 'admin'),
  ('organization.delete', 'owner'),
  ('organization.export', 'owner'),
  ('members.read', 'viewer'),
  ('members.manage', 'admin'),
  ('tasks.read', 'viewer'),
  ('tasks.submit', 'member'),
  ('schedules.read', 'viewer'),
  ('schedules.manage', 'member'),
  ('usage.read', 'viewer'),
  ('budgets.manage', 'admin'),
  ('audit.read', 'admin'),
  ('api_keys.manage', 'admin'),
  ('integrations.manage', 'admin'),
  ('webhooks.manage', 'admin');

create function app.permitted_org_ids(wanted text) returns setof uuid
  language plpgsql stable security definer set search_path = ''
  as $$
  begin
    return query select m.org_id from public.memberships m
      where m.user_id = (select auth.uid())
        and m.role >= (select p.min_role from app.permissions p where p.permission = wanted);
  end
  $$;
comment on function app.permitted_org_ids(text) is 'Organisations in which the subject of this transaction has this permission; none for an unknown permission. Runs once per statement.';
revoke all on function app.permitted_org_ids(text) from public;
grant execute on function app.permitted_org_ids(text) to authenticated;

alter policy "members read their organizations" on public.organizations
  using (org_id in (select app.permitted_org_ids('organization.read')));
alter policy "members read memberships of their organizations" on public.memberships
  using (org_id in (select app.permitted_org_ids('members.read')));
alter policy "members read tasks" on public.tasks
  using (org_id in (select app.permitted_org_ids('tasks.read')));
alter policy "members submit tasks as themselves" on public.tasks
  with check (org_id in (select app.permitted_org_ids('tasks.submit')) and created_by = (select auth.uid()) and state = 'queued');
alter policy "members steer tasks" on public.tasks
  using (org_id in (select app.permitted_org_ids('tasks.submit')))
  with check (org_id in (select app.permitted_org_ids('tasks.submit')));
alter policy "members read attempts" on public.task_attempts
  using (org_id in (select app.permitted_org_ids('tasks.read')));
alter policy "members read events" on public.task_events
  using (org_id in (select app.permitted_org_ids('tasks.read')));
alter policy "members append events of their commands" on public.task_events
  with check (org_id in (select app.permitted_org_ids('tasks.submit')));
alter policy "members read steps" on public.task_steps
  using (org_id in (select app.permitted_org_ids('tasks.read')));
alter policy "members read calls" on public.llm_calls
  using (org_id in (select app.permitted_org_ids('usage.read')));
alter policy "members read usage" on public.usage_entries
  using (org_id in (select app.permitted_org_ids('usage.read')));
alter policy "admins read the audit log" on public.audit_entries
  using (org_id in (select app.permitted_org_ids('audit.read')));
alter policy "people record their own actions" on public.audit_entries
  with check (org_id in (select app.permitted_org_ids('organization.read')) and actor_type = 'person' and actor_id = (select auth.uid()));
alter policy "members read artifacts" on public.artifacts
  using (org_id in (select app.permitted_org_ids('tasks.read')));
alter policy "members read files of their organizations" on storage.objects
  using (bucket_id = 'artifacts' and (storage.foldername(name))[1] in (select id::text from app.permitted_org_ids('tasks.read') as id));
alter policy "members read schedules" on public.schedules
  using (org_id in (select app.permitted_org_ids('schedules.read')));
alter policy "members create schedules that run as themselves" on public.schedules
  with check (org_id in (select app.permitted_org_ids('schedules.manage')) and created_by = (select auth.uid()) and runs_as = (select auth.uid()));
alter policy "whoever changes a schedule is who it runs as" on public.schedules
  using (org_id in (select app.permitted_org_ids('schedules.manage')))
  with check (org_id in (select app.permitted_org_ids('schedules.manage')) and runs_as = (select auth.uid()));
alter policy "members delete schedules" on public.schedules
  using (org_id in (select app.permitted_org_ids('schedules.manage')));
alter policy "members read runs" on public.schedule_runs
  using (org_id in (select app.permitted_org_ids('schedules.read')));
alter policy "members record runs they started" on public.schedule_runs
  with check (org_id in (select app.permitted_org_ids('schedules.manage')) and trigger = 'person' and state = 'fired'
    and task_id is not null and runs_as = (select auth.uid()));
alter policy "members read usage by day" on public.usage_days
  using (org_id in (select app.permitted_org_ids('usage.read')));

drop function app.member_org_ids(app.member_role);
