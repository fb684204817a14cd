-- query: {"metrics": ["visits", "product_views", "carts", "checkouts", "purchase_visits", "visit_conversion", "cart_rate", "cart_completion", "messages_sent", "messages_delivered", "messages_opened", "messages_clicked", "messages_unsubscribed", "messages_known", "messages_converted", "holdouts_known", "holdouts_converted", "delivery_rate", "open_rate", "click_rate", "unsubscribe_rate", "message_conversion_rate", "holdout_conversion_rate", "conversion_lift", "message_cost"], "grain": "month"}
with snap as (select first_transaction_day as f, snapshot_date - 1 as l from silver.int_snapshot),
months as (select cast(m as date) as m from snap, unnest(generate_series(date_trunc('month', f), l, interval 1 month)) as t (m)),
visits as (
    select date_trunc('month', session_started_at) as m, count(*) as v, count(*) filter (where reached_step >= 2) as views, count(*) filter (where reached_step >= 3) as carts,
        count(*) filter (where reached_step >= 4) as checkouts, count(*) filter (where reached_step >= 5) as purchases
    from silver.int_journey_sessions, snap where cast(session_started_at as date) between f and l group by 1
),
sent as (
    select date_trunc('month', sent_day) as m, count(*) as sent, count(*) filter (where is_delivered) as delivered, count(*) filter (where is_opened) as opened,
        count(*) filter (where is_clicked) as clicked, count(*) filter (where is_unsubscribed) as unsubscribed, count(*) filter (where is_conversion_known) as known,
        count(*) filter (where is_conversion_known and is_converted) as converted, sum(cost) as cost
    from gold.communication_logs, snap where is_sent and sent_day between f and l group by 1
),
held as (
    select date_trunc('month', sent_day) as m, count(*) filter (where is_conversion_known) as known, count(*) filter (where is_conversion_known and is_converted) as converted
    from gold.communication_logs, snap where is_holdout and sent_day between f and l group by 1
)
select
    m as time, coalesce(v, 0) as visits, coalesce(views, 0) as product_views, coalesce(carts, 0) as carts, coalesce(checkouts, 0) as checkouts,
    coalesce(purchases, 0) as purchase_visits, purchases / nullif(v, 0) as visit_conversion, carts / nullif(views, 0) as cart_rate, purchases / nullif(carts, 0) as cart_completion,
    coalesce(sent, 0) as messages_sent, coalesce(delivered, 0) as messages_delivered, coalesce(opened, 0) as messages_opened, coalesce(clicked, 0) as messages_clicked,
    coalesce(unsubscribed, 0) as messages_unsubscribed, coalesce(sent.known, 0) as messages_known, coalesce(sent.converted, 0) as messages_converted,
    coalesce(held.known, 0) as holdouts_known, coalesce(held.converted, 0) as holdouts_converted,
    delivered / nullif(sent, 0) as delivery_rate, opened / nullif(delivered, 0) as open_rate, clicked / nullif(delivered, 0) as click_rate, unsubscribed / nullif(delivered, 0) as unsubscribe_rate,
    sent.converted / nullif(sent.known, 0) as message_conversion_rate, held.converted / nullif(held.known, 0) as holdout_conversion_rate,
    sent.converted / nullif(sent.known, 0) - held.converted / nullif(held.known, 0) as conversion_lift,
    coalesce(cost, 0) as message_cost
from months left join visits using (m) left join sent using (m) left join held using (m)
order by 1
