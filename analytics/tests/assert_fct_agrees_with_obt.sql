-- The star and the one big table tell the same of every customer.

with star as (
    select
        facts.customer_id,
        facts.recency,
        facts.frequency,
        facts.monetary,
        facts.net_revenue,
        facts.historic_margin,
        rfm.rfm_segmentation,
        cltv.cltv_profit_segmentation,
        churn.churn_risk_group
    from {{ ref('fct_customer_metrics') }} as facts
    left join {{ ref('dim_rfm_group') }} as rfm
        on facts.rfm_group_key = rfm.rfm_group_key
    left join {{ ref('dim_cltv_group') }} as cltv
        on facts.cltv_group_key = cltv.cltv_group_key
    left join {{ ref('dim_churn_group') }} as churn
        on facts.churn_group_key = churn.churn_group_key
),

table_rows as (
    select
        customer_id,
        recency,
        frequency,
        monetary,
        net_revenue,
        historic_margin,
        rfm_segmentation,
        cltv_profit_segmentation,
        churn_risk_group
    from {{ ref('obt_customer_kpis_and_segmentation') }}
)

(
    select * from star
    except
    select * from table_rows
)
union all
(
    select * from table_rows
    except
    select * from star
)
