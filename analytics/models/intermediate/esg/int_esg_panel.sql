-- Revenue of each member of an initiative before and after its start. Members who bought
-- nothing are in it with 0: they are in the group.

with members as (
    select
        members.initiative_id,
        members.customer_id,
        numbers.customer_number,
        members.is_treated,
        windows.started_on,
        windows.window_days,
        windows.before_from,
        windows.after_until,
        windows.trend_month_count
    from {{ ref('stg_esg_initiative_members') }} as members
    inner join {{ ref('int_esg_windows') }} as windows
        on members.initiative_id = windows.initiative_id
    left join {{ ref('int_customer_numbers') }} as numbers
        on members.customer_id = numbers.customer_id
),

-- The days of a customer, and not the months, since initiatives start on any day.
days as (
    select
        members.initiative_id,
        members.customer_number,
        members.trend_month_count,
        daily.activity_date >= members.started_on as is_after,
        daily.net_revenue,
        -- 0 for the 30 days before the start, 1 for the 30 before those.
        cast(
            floor(({{ dbt.datediff('daily.activity_date', 'members.started_on', 'day') }} - 1) / 30.0)
            as integer
        ) as months_back
    from {{ ref('mart_customer_daily') }} as daily
    inner join members
        on
            daily._customer_number = members.customer_number
            and daily.activity_date >= members.before_from
            and daily.activity_date < members.after_until
),

sums as (
    select
        initiative_id,
        customer_number,
        sum(case when is_after then 0 else net_revenue end) as revenue_before,
        sum(case when is_after then net_revenue else 0 end) as revenue_after,
        -- Twice the distance of the month from the middle of its window, so that it is whole.
        sum(
            case
                when is_after or months_back >= trend_month_count then 0
                else net_revenue * (trend_month_count - 1 - 2 * months_back)
            end
        ) as revenue_by_distance
    from days
    group by
        initiative_id,
        customer_number
)

select
    {{ surrogate_key(['members.initiative_id', 'members.customer_id']) }} as esg_panel_key,
    members.initiative_id,
    members.customer_id,
    members.is_treated,
    members.window_days,
    cast(coalesce(sums.revenue_before, 0) as decimal(18, 2)) as revenue_before,
    cast(coalesce(sums.revenue_after, 0) as decimal(18, 2)) as revenue_after,
    cast(coalesce(sums.revenue_before, 0) * 30.0 / members.window_days as decimal(18, 6)) as monthly_before,
    cast(coalesce(sums.revenue_after, 0) * 30.0 / members.window_days as decimal(18, 6)) as monthly_after,
    cast(
        (coalesce(sums.revenue_after, 0) - coalesce(sums.revenue_before, 0)) * 30.0 / members.window_days
        as decimal(18, 6)
    ) as monthly_change,
    -- Slope of the least-squares line through the k months before the start: the sum of
    -- distance x revenue over the sum of squared distances, which is k (k^2 - 1) / 12.
    case
        when members.trend_month_count > 1
            then cast(
                6.0 * coalesce(sums.revenue_by_distance, 0)
                / (
                    members.trend_month_count
                    * (cast(members.trend_month_count as bigint) * members.trend_month_count - 1)
                )
                as decimal(18, 6)
            )
    end as slope_before
from members
left join sums
    on
        members.initiative_id = sums.initiative_id
        and members.customer_number = sums.customer_number
