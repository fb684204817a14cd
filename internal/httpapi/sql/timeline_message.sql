select
    'message' as kind, sent_at as "at", communication_id as id, coalesce(campaign_name, 'Message') as title, null::varchar as detail,
    channel, null::decimal(18, 2) as amount, null::double as value,
    case when is_unsubscribed then 'unsubscribed' when is_converted then 'converted' when is_clicked then 'clicked'
         when is_opened then 'opened' when is_delivered then 'delivered' else 'sent' end as status
from {communication_logs}
where customer_id = $1 and sent_at is not null
