-- Operators answer why a job does not run: by facts about its task, never by what anybody wrote.

grant select (org_id) on public.organization_pauses to devsphere_operator;
create policy "operators read which organizations are paused" on public.organization_pauses for select to devsphere_operator
  using ((select app.is_operator()));
