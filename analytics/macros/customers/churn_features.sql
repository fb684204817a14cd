{#- The features of churn models, in the order of the columns of int_churn_features and of the
    tables that are made of it. -#}
{% macro churn_features() -%}
    {{ return([
        'age', 'gender', 'country', 'income_band', 'acquisition_channel', 'credit_limit', 'days_since_sign_up',
        'tenure_days', 'recency_days', 'mean_gap_days', 'recency_to_gap', 'active_day_count', 'order_count',
        'lifetime_spend', 'lifetime_margin',
        'spend_30d', 'spend_60d', 'spend_90d', 'spend_180d', 'spend_360d',
        'order_count_30d', 'order_count_60d', 'order_count_90d', 'order_count_180d', 'order_count_360d',
        'active_day_count_30d', 'active_day_count_60d', 'active_day_count_90d', 'active_day_count_180d',
        'active_day_count_360d',
        'net_margin_180d', 'returns_180d', 'return_rate_180d',
        'average_order_spend', 'average_order_spend_180d', 'lines_per_order_180d', 'units_per_order_180d',
        'spend_momentum_30d', 'spend_momentum_90d', 'order_momentum_90d', 'order_spend_change',
        'period_spend_mean', 'period_spend_sd', 'period_spend_variation', 'active_period_count',
        'utilisation_30d', 'utilisation_90d',
        'travel_share', 'necessity_share', 'discretionary_share', 'sustainable_share', 'discounted_line_share',
        'morning_order_share', 'weekend_order_share',
        'r_score', 'f_score', 'm_score', 'rfm_segmentation',
    ]) }}
{%- endmacro %}
