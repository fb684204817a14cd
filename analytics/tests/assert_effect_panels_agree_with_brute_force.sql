-- The money of each member before and after, taken from the transactions themselves: line by line,
-- by time of day and not by day, without the windows' dates that the panels use.

with lines as (
    select
        customer_id,
        transaction_at,
        amount
    from {{ ref('fct_transactions') }}
    where
        customer_id is not null
        and {{ before_snapshot('transaction_day') }}
),

initiative_sums as (
    select
        members.initiative_id as group_name,
        members.customer_id,
        {%- for side in ['before', 'after'] %}
        coalesce(
            sum(
                case
                    when
                        {%- if side == 'before' %}
                        lines.transaction_at < cast(windows.started_on as {{ dbt.type_timestamp() }})
                        and lines.transaction_at
                        >= {{ dbt.dateadd('day', '-windows.window_days', 'cast(windows.started_on as ' ~ dbt.type_timestamp() ~ ')') }}
                        {%- else %}
                        lines.transaction_at >= cast(windows.started_on as {{ dbt.type_timestamp() }})
                        and lines.transaction_at
                        < {{ dbt.dateadd('day', 'windows.window_days', 'cast(windows.started_on as ' ~ dbt.type_timestamp() ~ ')') }}
                        {%- endif %}
                        then lines.amount
                end
            ),
            0
        ) as revenue_{{ side }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('stg_esg_initiative_members') }} as members
    inner join {{ ref('int_esg_windows') }} as windows
        on members.initiative_id = windows.initiative_id
    left join lines
        on members.customer_id = lines.customer_id
    group by
        members.initiative_id,
        members.customer_id
)

select
    initiative_sums.group_name,
    initiative_sums.customer_id,
    initiative_sums.revenue_before,
    panel.revenue_before as panel_before,
    initiative_sums.revenue_after,
    panel.revenue_after as panel_after
from initiative_sums
full join {{ ref('int_esg_panel') }} as panel
    on
        initiative_sums.group_name = panel.initiative_id
        and initiative_sums.customer_id = panel.customer_id
where
    initiative_sums.customer_id is null
    or panel.customer_id is null
    or initiative_sums.revenue_before <> panel.revenue_before
    or initiative_sums.revenue_after <> panel.revenue_after
