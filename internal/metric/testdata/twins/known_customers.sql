-- query: {"metrics": ["known_customer_count", "customer_count", "buyer_share", "predicted_churn_risk", "predicted_high_risk_customers", "consenting_customers", "esg_score", "esg_awareness", "esg_importance", "willingness_to_pay", "campaign_effect", "campaign_net_return", "campaign_cost", "campaign_return"]}
select
    (select count(*) from silver.stg_customer_data) as known_customer_count,
    (select count(*) from gold.obt_customer_kpis_and_segmentation) as customer_count,
    (select count(*) from gold.obt_customer_kpis_and_segmentation) / (select count(*) from silver.stg_customer_data) as buyer_share,
    (select avg(churn_risk_score) from ml.churn_predictions) as predicted_churn_risk,
    (select count(*) from ml.churn_predictions where churn_risk_band = 'High') as predicted_high_risk_customers,
    (select count(*) from gold.customer_consents where is_current and is_granted and purpose = 'marketing') as consenting_customers,
    (select avg(sustainability_score) from silver.int_sustainability_perception) as esg_score,
    (select avg(esg_awareness) from silver.int_sustainability_perception) as esg_awareness,
    (select avg(esg_importance) from silver.int_sustainability_perception) as esg_importance,
    (select avg(willingness_to_pay) from silver.int_sustainability_perception) as willingness_to_pay,
    (select coalesce(sum(total_effect), 0) from gold.mart_campaign_effects) as campaign_effect,
    (select coalesce(sum(net_return), 0) from gold.mart_campaign_effects) as campaign_net_return,
    (select coalesce(sum(cost), 0) from gold.mart_campaign_effects) as campaign_cost,
    (select cast(sum(net_return) as double) / nullif(cast(sum(cost) as double), 0) from gold.mart_campaign_effects) as campaign_return
