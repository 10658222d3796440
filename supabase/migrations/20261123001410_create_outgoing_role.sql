-- Who a worker is when it speaks to the outside for an organisation: its endpoints, deliveries and integrations, no more.

do $$
begin
  if not exists (select from pg_catalog.pg_roles where rolname = 'devsphere_outgoing') then
    create role devsphere_outgoing nologin noinherit;
  end if;
end
$$;
comment on role devsphere_outgoing is 'A worker that speaks to the outside for one organisation, which comes from transaction-local claims.';
grant devsphere_outgoing to devsphere_app with inherit false, set true;
grant usage on schema app, public to devsphere_outgoing;
grant execute on function app.claims(), app.claim_org_id() to devsphere_outgoing;
