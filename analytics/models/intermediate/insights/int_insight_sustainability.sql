-- Do customers who find sustainability important buy labelled products? Spearman's rank
-- correlation of the importance stated in surveys with the share of spend, with Fisher's
-- interval: tanh(atanh(r) -/+ z / sqrt(n - 3)). Ranks of equal values are their mean.

with customers as (
    select
        esg_importance,
        sustainable_share
    from {{ ref('int_sustainability_perception') }}
    where
        esg_importance is not null
        and sustainable_share is not null
),

-- Twice the mean rank is whole: rank from below plus rank from above.
ranks as (
    select
        cast(
            rank() over (order by esg_importance)
            + count(*) over ()
            - rank() over (order by esg_importance desc)
            + 1
            as decimal(18, 0)
        ) as importance_rank,
        cast(
            rank() over (order by sustainable_share)
            + count(*) over ()
            - rank() over (order by sustainable_share desc)
            + 1
            as decimal(18, 0)
        ) as share_rank
    from customers
),

sums as (
    select
        count(*) as n,
        cast(sum(importance_rank) as double) as x,
        cast(sum(share_rank) as double) as y,
        cast(sum(importance_rank * importance_rank) as double) as xx,
        cast(sum(share_rank * share_rank) as double) as yy,
        cast(sum(importance_rank * share_rank) as double) as xy
    from ranks
),

correlations as (
    select
        n,
        (n * xy - x * y) / nullif(sqrt(greatest(0.0, n * xx - x * x) * greatest(0.0, n * yy - y * y)), 0) as correlation
    from sums
),

-- A correlation of one has no interval; nor has one of three customers.
transformed as (
    select
        n,
        correlation,
        case
            when n > 3 and abs(correlation) < 1 then 0.5 * ln((1 + correlation) / (1 - correlation))
        end as fisher,
        {{ z_95() }} / sqrt(nullif(greatest(n - 3, 0), 0)) as half_width
    from correlations
),

bounds as (
    select
        n,
        correlation,
        (exp(2 * (fisher - half_width)) - 1) / (exp(2 * (fisher - half_width)) + 1) as low,
        (exp(2 * (fisher + half_width)) - 1) / (exp(2 * (fisher + half_width)) + 1) as high
    from transformed
)

select
    'sustainability_words_and_deeds' as insight_key,
    'Words and deeds on sustainability' as title,
    'Rank correlation of the importance stated in surveys with the share of spend on labelled products' as statistic,
    correlation as value,
    low as ci_low,
    high as ci_high,
    n,
    cast(0 as double) as comparison_value,
    case
        when low is null then 'Not enough customers with answers and known products'
        when low > 0 then 'Customers who find sustainability important buy more labelled products'
        when high < 0 then 'Customers who find sustainability important buy fewer labelled products'
        else 'No relation between what customers say and what they buy can be told'
    end as finding
from bounds
