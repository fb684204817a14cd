-- No message is lost between staging, log and marts, and held-out customers are in no count of messages.

with counts as (
    select
        (
            select count(*)
            from {{ ref('stg_communications') }}
            where
                not is_holdout
                and sent_day < (select snapshot_date from {{ ref('int_snapshot') }})
        ) as staged_sent,
        (select coalesce(sum(case when is_sent then 1 else 0 end), 0) from {{ ref('communication_logs') }}) as logged_sent,
        (select coalesce(sum(sent_count), 0) from {{ ref('mart_communication_performance') }}) as sent,
        (
            select count(*)
            from {{ ref('stg_communications') }}
            where
                is_holdout
                and sent_day < (select snapshot_date from {{ ref('int_snapshot') }})
        ) as staged_holdout,
        (select coalesce(sum(holdout_count), 0) from {{ ref('mart_communication_performance') }}) as holdout,
        (select coalesce(sum(delivered_count), 0) from {{ ref('mart_communication_performance') }}) as delivered,
        (select coalesce(sum(delivered_count), 0) from {{ ref('mart_send_times') }}) as delivered_by_hour,
        (select coalesce(sum(opened_count), 0) from {{ ref('mart_communication_performance') }}) as opened,
        (select coalesce(sum(opened_count), 0) from {{ ref('mart_send_times') }}) as opened_by_hour,
        (
            select coalesce(sum(case when is_sent then cost else 0 end), 0)
            from {{ ref('communication_logs') }}
        ) as logged_cost,
        (select coalesce(sum(cost), 0) from {{ ref('mart_communication_performance') }}) as cost
)

select *
from counts
where
    staged_sent <> logged_sent
    or staged_sent <> sent
    or staged_holdout <> holdout
    or delivered <> delivered_by_hour
    or opened <> opened_by_hour
    or logged_cost <> cost
