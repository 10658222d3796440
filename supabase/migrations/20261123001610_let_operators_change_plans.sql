-- Operators give organisations another plan; what they see of one is still its name, its address and its plan.

grant select (deleted_at), update (plan) on public.organizations to devsphere_operator;
create policy "operators change plans" on public.organizations for update to devsphere_operator
  using ((select app.is_operator())) with check ((select app.is_operator()));
