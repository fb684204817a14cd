-- The gold tables as the shipped project builds them, with a handful of customers.
create schema gold;
create table gold.obt_overall_customer_kpis as
select
    date '2025-12-10' as snapshot_date, date '2024-12-01' as first_transaction_day, date '2025-12-09' as last_transaction_day,
    cast(678 as bigint) as customer_count, cast(2789 as bigint) as order_count,
    cast(1281661.5 as decimal(18, 2)) as company_net_revenue, cast(194180.11 as decimal(18, 2)) as guest_revenue,
    cast(397.6260 as decimal(18, 4)) as average_order_value, cast(4.1135 as double) as orders_per_customer,
    cast(0.681 as double) as repeat_rate, cast(462 as bigint) as repeat_customer_count,
    cast(0.388 as double) as churn_rate, cast(263 as bigint) as churned_customer_count,
    cast(0.0151 as double) as return_rate, cast(-16777.2 as decimal(18, 2)) as returns_amount,
    cast(311 as bigint) as mau, cast(0.0579 as double) as stickiness,
    cast(962.4167 as decimal(18, 4)) as average_historic_margin, cast(391.125 as decimal(18, 4)) as median_historic_margin;
create table gold.mart_daily_revenue as
select
    cast(d as date) as revenue_date,
    cast(2000 + 1500 * ((date_diff('day', date '2024-12-01', cast(d as date)) * 37) % 11) as decimal(18, 2)) as net_revenue
from range(timestamp '2024-12-01', timestamp '2025-12-10', interval 1 day) as days(d);
create table gold.mart_loss_waterfall as
select
    line_class, rule_order, line_count, amount,
    line_count / cast(sum(line_count) over () as double) as line_share,
    cast(sum(line_count) over () - sum(line_count) over (order by rule_order) as bigint) as lines_left
from (values
    ('unmapped_region', 0, 96, 4120.75), ('zero_value', 1, 289, 0.00), ('return', 2, 1070, -20128.40),
    ('adjustment', 3, 41, 985.01), ('bad_debt', 4, 0, 0.00), ('suspicious', 5, 3, 12.30),
    ('operational', 6, 260, 30150.10), ('guest', 7, 15900, 194180.11), ('sale', 8, 44917, 1103233.08)
) as classes(line_class, rule_order, line_count, amount);
create table gold.dim_rfm_group as
select * from (values
    ('Champions', 1, 'Reward them and let them see new ranges first'),
    ('Loyal Customers', 2, 'Offer a loyalty tier and ask for referrals'),
    ('Potential Loyalists', 3, 'Recommend related products'),
    ('Cannot Lose Them', 9, 'Call them and listen before competitors do'),
    ('Lost', 11, 'Leave alone unless reactivation costs next to nothing')
) as groups(rfm_segmentation, sort_order, recommended_action);
create table gold.dim_churn_group as
select * from (values
    ('Low', 1, 'Bought within the last 30 days'), ('Medium', 2, 'Last purchase 31 to 60 days back'),
    ('High', 3, 'Last purchase 61 to 90 days back'), ('Churned', 4, 'No purchase within the churn window')
) as groups(churn_risk_group, sort_order, description);
create table gold.obt_customer_kpis_and_segmentation as
select
    customer_id, country, rfm_segmentation, churn_risk_group, frequency, recency,
    cast(net_revenue as decimal(18, 2)) as net_revenue, cast(net_revenue * 0.6 as decimal(18, 4)) as historic_margin
from (values
    ('100001', 'Ireland', 'Champions', 'Low', 33, 2, 48210.55), ('100417', 'United Kingdom', 'Champions', 'Low', 140, 1, 63249.59),
    ('100093', 'United Kingdom', 'Champions', 'Low', 21, 6, 15090.10), ('100288', 'Germany', 'Loyal Customers', 'Medium', 11, 44, 9120.00),
    ('100560', 'United Arab Emirates', 'Potential Loyalists', 'Low', 2, 12, 480.25), ('100012', 'France', 'Cannot Lose Them', 'High', 14, 71, 7044.90),
    ('100613', 'United Kingdom', 'Loyal Customers', 'High', 6, 66, 2210.00), ('100333', 'United Kingdom', 'Lost', 'Churned', 1, 301, 88.50)
) as customers(customer_id, country, rfm_segmentation, churn_risk_group, frequency, recency, net_revenue);
create table gold.mart_customer_segments as
select
    customer_segment, customer_count, customer_count / 100.0::double as customer_share, cast(net_revenue as decimal(18, 2)) as net_revenue,
    cast(avg_lifetime_value as decimal(18, 2)) as avg_lifetime_value, cast(sustainability_score as double) as sustainability_score,
    cast(retention_rate as double) as retention_rate
from (values
    ('Stable Mid-Spenders', 60, 412033.10, 2447.5, 41.25, 0.912), ('Declining', 40, 99841.00, 1117.0, null, 0.31)
) as segments(customer_segment, customer_count, net_revenue, avg_lifetime_value, sustainability_score, retention_rate);
create table gold.fct_customer_segments as
select segment_name, cast(total_revenue as decimal(18, 2)) as total_revenue, activity_status
from (values
    ('Champions (VIPs)', 63249.59, 'Active'), ('Loyal Customers', 9120.00, 'Recent'), ('Loyal Customers', 2210.00, 'Active'),
    (null, 0.00, 'Inactive')
) as customers(segment_name, total_revenue, activity_status);
create table gold.mart_esg_initiative_effects as
select
    initiative_name, started_on, cast(treated_count as bigint) as treated_count, cast(control_count as bigint) as control_count,
    cast(effect as double) as effect, cast(effect_low as double) as effect_low, cast(effect_high as double) as effect_high, is_significant
from (values
    ('Green parcel', date '2025-03-01', 140, 139, 64.4, 28.04, 100.8, true),
    ('Open supply report of everything that was bought', date '2025-04-01', 140, 140, -21.4, -63.6, 20.9, false)
) as effects(initiative_name, started_on, treated_count, control_count, effect, effect_low, effect_high, is_significant);
create table gold.obt_overall_experience as
select
    cast(3.2 as double) as nps, cast(-1.2 as double) as nps_low, cast(7.6 as double) as nps_high, cast(1227 as bigint) as nps_count,
    cast(0.718 as double) as csat_share, cast(1717 as bigint) as csat_count, cast(150 as double) as median_first_response_minutes,
    cast(53 as bigint) as open_ticket_count, cast(1178 as bigint) as member_count, cast(1597564 as bigint) as outstanding_points,
    cast(0.295 as double) as visit_conversion, cast(12091 as bigint) as visit_count, cast(null as double) as referral_conversion,
    cast(0 as bigint) as invitation_count;
create table gold.mart_acquisition_channels as
select
    channel, cast(new_customer_count as bigint) as new_customer_count, cast(spend as decimal(18, 2)) as spend,
    cast(repeat_90_count as bigint) as repeat_90_count, cast(observed_90_count as bigint) as observed_90_count
from (values
    ('ads', 10, 400.10, 6, 8), ('ads', 5, 200.00, 2, 4), ('search', 20, 300.00, null, null), ('direct', 3, 0.00, 1, 1)
) as channels(channel, new_customer_count, spend, repeat_90_count, observed_90_count);
create table gold.mart_insights as
select * from (values
    ('b', 'The fourth quarter', 'The fourth quarter brings more than a quarter of the revenue, and so much more that the sentence is folded'),
    ('a', 'Winning back', '40.3 % of the lost came back'), ('c', 'Nothing to tell', null)
) as insights(insight_key, title, finding);
