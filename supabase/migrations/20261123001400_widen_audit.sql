-- The audit log also says where from and what changed, and nothing can rewrite it.

alter table public.audit_entries
  add column address inet,
  add column user_agent text,
  add column before jsonb,
  add column after jsonb,
  add constraint audit_entries_user_agent_length check (char_length(user_agent) between 1 and 200),
  add constraint audit_entries_detail_size check (pg_column_size(detail) <= 8192),
  add constraint audit_entries_before_size check (pg_column_size(before) <= 8192),
  add constraint audit_entries_after_size check (pg_column_size(after) <= 8192);
comment on column public.audit_entries.address is 'Where the command came from; null for workers, the clock and scripts.';
comment on column public.audit_entries.user_agent is 'The program that sent the command, as it calls itself, shortened.';
comment on column public.audit_entries.before is 'What the command changed, as it was: only the fields that differ, never a secret.';
comment on column public.audit_entries.after is 'The same fields as they became.';

create index audit_entries_actor_idx on public.audit_entries (org_id, actor_id, id desc);
create index audit_entries_action_idx on public.audit_entries (org_id, action, id desc);

create function app.refuse_audit_change() returns trigger
  language plpgsql security definer set search_path = ''
  as $$
  begin
    -- Entries go only with their organisation: its row is gone before the rows that refer to it are.
    if tg_op = 'DELETE' and not exists (select from public.organizations o where o.org_id = old.org_id) then
      return old;
    end if;
    raise exception 'the audit log is append-only' using errcode = 'DS002';
  end
  $$;
comment on function app.refuse_audit_change() is 'Holds for every role, the owner and superusers included: grants and policies are not the only guard.';
revoke all on function app.refuse_audit_change() from public;

create trigger audit_entries_never_updated before update on public.audit_entries
  for each row execute function app.refuse_audit_change();
create trigger audit_entries_never_deleted before delete on public.audit_entries
  for each row execute function app.refuse_audit_change();
create trigger audit_entries_never_truncated before truncate on public.audit_entries
  for each statement execute function app.refuse_audit_change();
