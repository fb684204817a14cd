-- Scores 1 to 5, 5 best: 1 + floor(5 * customers strictly worse / customers).
-- rank() - 1 is the number of customers strictly worse, so equal values get equal scores and
-- a better value never a lower one. Whole numbers keep the fifths exact.

with ranked as (
    select
        customer_id,
        recency,
        frequency,
        monetary,
        rank() over (order by recency desc) - 1 as worse_recency,
        rank() over (order by frequency) - 1 as worse_frequency,
        rank() over (order by monetary) - 1 as worse_monetary,
        count(*) over () as customer_count
    from {{ ref('int_customer_rfm_values') }}
),

scored as (
    select
        customer_id,
        recency,
        frequency,
        monetary,
        cast(1 + floor(5 * worse_recency / customer_count) as integer) as r_score,
        cast(1 + floor(5 * worse_frequency / customer_count) as integer) as f_score,
        cast(1 + floor(5 * worse_monetary / customer_count) as integer) as m_score
    from ranked
)

select
    customer_id,
    recency,
    frequency,
    monetary,
    r_score,
    f_score,
    m_score,
    100 * r_score + 10 * f_score + m_score as rfm_cell,
    r_score + f_score + m_score as rfm_total
from scored
