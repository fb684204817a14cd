{#- What lines of metric_sales add up to: the columns that figures of sales are read from. -#}
{% macro sales_sums() -%}
cast(sum(case when opens_order then 1 else 0 end) as bigint) as order_count,
cast(sum(case when is_sold then coalesce(quantity, 0) else 0 end) as bigint) as unit_count,
cast(sum(case when is_sold then 1 else 0 end) as bigint) as sold_line_count,
cast(sum(case when is_sold then 0 else 1 end) as bigint) as return_line_count,
cast(sum(case when is_sold and is_discounted then 1 else 0 end) as bigint) as discounted_line_count,
cast(sum(case when is_sold then amount else 0 end) as decimal(18, 2)) as sold_amount,
cast(sum(case when is_sold then 0 else amount end) as decimal(18, 2)) as return_amount,
cast(sum(case when is_sold and is_sustainable is not null then amount else 0 end) as decimal(18, 2)) as known_product_amount,
cast(sum(case when is_sold and is_sustainable then amount else 0 end) as decimal(18, 2)) as sustainable_amount,
cast(sum(amount) as decimal(18, 2)) as net_revenue,
cast(sum(margin_amount) as decimal(18, 4)) as net_margin
{%- endmacro %}

{#- The attributes of a customer that metric_daily_segments has rows for. -#}
{% macro metric_attributes() -%}
    {{ return(metric_attribute_groups() | sum(start=[])) }}
{%- endmacro %}

{#- The same in groups whose combinations are few, so that a table can be added up by the combinations of a group first: all
    attributes together make nearly as many as there are customers. -#}
{% macro metric_attribute_groups() -%}
    {{ return([
        ['rfm_group', 'activity_status', 'value_tier', 'risk_group'],
        ['spending_segment', 'behavioural_group', 'ml_segment'],
        ['loyalty_tier', 'acquisition_channel', 'age_band', 'income_band'],
    ]) }}
{%- endmacro %}
