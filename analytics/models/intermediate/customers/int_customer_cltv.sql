-- Historic lifetime value: the margin that a customer has left so far, net of returns.
-- The classic product stands beside it.

select
    aov.customer_id,
    aov.net_revenue as historic_revenue,
    aov.net_margin as historic_margin,
    classic.cltv_classic_revenue,
    classic.cltv_classic_profit
from {{ ref('int_customer_aov') }} as aov
inner join {{ ref('int_customer_classic_kpis') }} as classic
    on aov.customer_id = classic.customer_id
