-- One message for each end and endpoint, and every one arrived.
select 'several messages of one end' as what, subject_id::text as id from public.webhook_deliveries
group by endpoint_id, subject_id, event having count(*) > 1
union all
select 'message not delivered', id::text from public.webhook_deliveries where state <> 'delivered'
