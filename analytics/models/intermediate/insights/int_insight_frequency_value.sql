-- Do buyers who order often leave more? Spearman's rank correlation of orders and historic margin.

with ranked as (
    select
        -- Twice the mean rank of ties, a whole number, so that sums are exact.
        2 * rank() over (order by rfm.frequency) + count(*) over (partition by rfm.frequency) - 1 as frequency_rank,
        2 * rank() over (order by cltv.historic_margin) + count(*) over (partition by cltv.historic_margin) - 1 as value_rank
    from {{ ref('int_customer_rfm_values') }} as rfm
    inner join {{ ref('int_customer_cltv') }} as cltv
        on rfm.customer_id = cltv.customer_id
),

sums as (
    select
        count(*) as n,
        cast(sum(frequency_rank) as double) as x,
        cast(sum(value_rank) as double) as y,
        cast(sum(frequency_rank * frequency_rank) as double) as xx,
        cast(sum(value_rank * value_rank) as double) as yy,
        cast(sum(frequency_rank * value_rank) as double) as xy
    from ranked
),

correlated as (
    select
        n,
        (n * xy - x * y) / nullif(sqrt((n * xx - x * x) * (n * yy - y * y)), 0) as correlation
    from sums
),

-- Fisher's z with the error of Bonett and Wright for ranks.
transformed as (
    select
        n,
        correlation,
        case
            when n > 3 and abs(correlation) < 1 then 0.5e0 * ln((1e0 + correlation) / (1e0 - correlation))
        end as z,
        case when n > 3 then sqrt((1e0 + correlation * correlation / 2e0) / (n - 3)) end as z_error
    from correlated
),

bounded as (
    select
        n,
        correlation,
        1e0 - 2e0 / (exp(2e0 * (z - {{ z_95() }} * z_error)) + 1e0) as ci_low,
        1e0 - 2e0 / (exp(2e0 * (z + {{ z_95() }} * z_error)) + 1e0) as ci_high
    from transformed
)

select
    'frequency_value' as insight_key,
    'Orders and lifetime value' as title,
    'Spearman rank correlation of orders and historic margin' as statistic,
    correlation as value,
    ci_low,
    ci_high,
    n,
    0e0 as comparison_value,
    case
        when ci_low > 0 then 'Who orders more often has left more margin'
        when ci_high < 0 then 'Who orders more often has left less margin'
        when ci_low is not null then 'Orders and margin show no common direction'
        else 'Too few buyers to tell'
    end as finding
from bounded
