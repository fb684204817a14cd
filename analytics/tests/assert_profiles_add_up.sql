-- Profiles, clusters and transitions hold every buyer once, with the money of the customers' own table. Profiles hold
-- what others sent back as well.

with buyers as (
    select
        count(*) as customer_count,
        sum(net_revenue) as net_revenue
    from {{ ref('int_customer_aov') }}
),

tables as (
    select
        'customer_360_profile' as table_name,
        sum(case when has_purchased then 1 else 0 end) as customer_count,
        sum(case when has_purchased then net_revenue end) as net_revenue
    from {{ ref('customer_360_profile') }}

    union all

    select
        'fct_customer_segments' as table_name,
        count(*) as customer_count,
        sum(total_revenue) as net_revenue
    from {{ ref('fct_customer_segments') }}

    union all

    select
        'customer_spending_metrics' as table_name,
        count(*) as customer_count,
        sum(lifetime_net_revenue) as net_revenue
    from {{ ref('customer_spending_metrics') }}

    union all

    select
        'purchase_behavior' as table_name,
        count(*) as customer_count,
        sum(net_revenue) as net_revenue
    from {{ ref('purchase_behavior') }}

    union all

    select
        'mart_segment_transitions' as table_name,
        sum(customer_count) as customer_count,
        cast(null as decimal(18, 2)) as net_revenue
    from {{ ref('mart_segment_transitions') }}
)

select
    tables.table_name,
    tables.customer_count,
    buyers.customer_count as buyer_count,
    tables.net_revenue,
    buyers.net_revenue as buyer_net_revenue
from tables
cross join buyers
where
    coalesce(tables.customer_count, 0) <> buyers.customer_count
    or tables.net_revenue <> buyers.net_revenue

union all

select
    'customer_360_profile, everybody' as table_name,
    null as customer_count,
    null as buyer_count,
    profiles.net_revenue,
    totals.net_revenue as buyer_net_revenue
from (select sum(net_revenue) as net_revenue from {{ ref('customer_360_profile') }}) as profiles
cross join (select sum(net_revenue) as net_revenue from {{ ref('int_customer_totals') }}) as totals
where coalesce(profiles.net_revenue, 0) <> coalesce(totals.net_revenue, 0)
