-- A program that lost the answer may ask again without making a second endpoint.

alter table public.webhook_endpoints add column idempotency_key text;
alter table public.webhook_endpoints add constraint webhook_endpoints_idempotency_length check (char_length(idempotency_key) between 1 and 200);
alter table public.webhook_endpoints add constraint webhook_endpoints_idempotency_key unique (org_id, idempotency_key);
comment on column public.webhook_endpoints.idempotency_key is 'Of the request that created it; a second one with the same key is refused, since the secret can''t be shown again.';
