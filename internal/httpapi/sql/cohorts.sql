-- $1 measure, $2 months. Rows without a cohort are the average over complete cells: of
-- shares over all their customers, with the interval of E. B. Wilson, JASA 22 (1927) 209.
, cells as (
    select * from figures where months_since <= $2::bigint
    union all by name
    select
        null::date as cohort_month, months_since, sum(size)::bigint as size, sum(active)::bigint as active,
        avg(net_revenue) as net_revenue, avg(net_margin) as net_margin,
        sum(margin_per_customer * size)::double / nullif(sum(size), 0)::double as margin_per_customer, true as is_complete
    from figures
    where months_since <= $2::bigint and is_complete
    group by months_since
),

shared as (
    select *, active / nullif(size, 0)::double as p, size::double as total, 1.959963984540054 as z
    from cells
)

select
    cohort_month, size, months_since as month, active as n, is_complete,
    case $1::varchar
        when 'retention' then p
        when 'revenue' then net_revenue::double
        when 'margin' then net_margin::double
        when 'margin_per_customer' then margin_per_customer::double
        else case when cohort_month is null then active::double / (select count(*) from figures as f where f.months_since = shared.months_since and f.is_complete)
                  else active::double end
    end as value,
    case when $1::varchar = 'retention' then
        greatest(0, (p + z * z / (2 * total) - z * sqrt(p * (1 - p) / total + z * z / (4 * total * total))) / (1 + z * z / total)) end as low,
    case when $1::varchar = 'retention' then
        least(1, (p + z * z / (2 * total) + z * sqrt(p * (1 - p) / total + z * z / (4 * total * total))) / (1 + z * z / total)) end as high
from shared
order by cohort_month nulls last, months_since
