-- What an empty log builds: tables without rows, and one row without figures.
update gold.obt_overall_customer_kpis set
    snapshot_date = null, first_transaction_day = null, last_transaction_day = null, customer_count = 0, order_count = null,
    company_net_revenue = null, guest_revenue = null, average_order_value = null, orders_per_customer = null,
    repeat_rate = null, repeat_customer_count = null, churn_rate = null, churned_customer_count = null,
    mau = null, stickiness = null, average_historic_margin = null, median_historic_margin = null;
delete from gold.mart_daily_revenue;
update gold.mart_loss_waterfall set line_count = 0, amount = 0;
delete from gold.obt_customer_kpis_and_segmentation;
delete from gold.mart_customer_segments;
delete from gold.fct_customer_segments;
delete from gold.mart_esg_initiative_effects;
update gold.obt_overall_experience set
    nps = null, nps_low = null, nps_high = null, nps_count = 0, csat_share = null, csat_count = 0, member_count = 0,
    outstanding_points = 0, visit_conversion = null, visit_count = 0;
delete from gold.mart_acquisition_channels;
delete from gold.mart_insights;
