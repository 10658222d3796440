-- By organisation and model: what the ledger has of calls whose reply came is what the provider's own log has, tokens and money.
with accounted as (
  select c.* from faults.calls c where c.billed
    and exists (select from public.usage_entries u where u.provider_request_id = c.request_id and u.source = 'reply')
), provider as (
  select c.org_id, c.model, sum(c.input_tokens) as input, sum(c.cache_read_tokens) as read,
         sum(c.cache_write_tokens) as written, sum(c.output_tokens) as output,
         sum(c.input_tokens * p.input_nano_usd + c.cache_read_tokens * p.cache_read_nano_usd
           + c.cache_write_tokens * p.cache_write_5m_nano_usd + c.output_tokens * p.output_nano_usd) as nano_usd
  from accounted c cross join lateral (
    select * from public.model_prices p where p.model = c.model and p.effective_from <= c.received_at
      and (p.over_prompt_tokens = 0 or p.over_prompt_tokens < c.input_tokens + c.cache_read_tokens + c.cache_write_tokens)
    order by p.over_prompt_tokens desc, p.effective_from desc limit 1) p
  group by c.org_id, c.model
), ledger as (
  select org_id, model, sum(input_tokens) as input, sum(cache_read_tokens) as read, sum(cache_write_tokens) as written,
         sum(output_tokens) as output, sum(cost_nano_usd) as nano_usd
  from public.usage_entries where source = 'reply' group by org_id, model
)
select format('%s: ledger %s, provider %s', coalesce(l.model, p.model),
              (l.input, l.read, l.written, l.output, l.nano_usd)::text, (p.input, p.read, p.written, p.output, p.nano_usd)::text) as what,
       coalesce(l.org_id, p.org_id)::text as id
from ledger l full join provider p on p.org_id = l.org_id and p.model = l.model
where (l.input, l.read, l.written, l.output, l.nano_usd) is distinct from (p.input, p.read, p.written, p.output, p.nano_usd)
