-- What groups of customers think of sustainability and what they spend on it, each grouping
-- covering every customer once.

{% set questions = ['esg_awareness', 'esg_importance', 'esg_trust', 'willingness_to_pay', 'sustainability_score'] %}
{% set dimensions = [
    'overall', 'customer_segment', 'behavioural_group', 'age_band', 'income_band', 'gender', 'country',
] %}

with customers as (
    select
        'overall' as overall,
        {%- for dimension in dimensions[1:] %}
        segments.{{ dimension }},
        {%- endfor %}
        {%- for question in questions %}
        -- Sums of decimals do not depend on the order of rows.
        cast(perception.{{ question }} as decimal(9, 4)) as {{ question }},
        {%- endfor %}
        perception.sustainable_amount,
        perception.known_product_amount
    from {{ ref('int_customer_segments') }} as segments
    inner join {{ ref('int_sustainability_perception') }} as perception
        on segments.customer_id = perception.customer_id
),

sums as (
    {%- for dimension in dimensions %}
    select
        '{{ dimension }}' as dimension_name,
        {{ dimension }} as dimension_value,
        count(*) as customer_count,
        {%- for question in questions %}
        count({{ question }}) as {{ question }}_count,
        coalesce(sum({{ question }}), 0) as {{ question }}_sum,
        coalesce(sum({{ question }} * {{ question }}), 0) as {{ question }}_squares,
        {%- endfor %}
        sum(case when known_product_amount > 0 then 1 else 0 end) as spender_count,
        sum(case when sustainable_amount > 0 then 1 else 0 end) as sustainable_buyer_count,
        sum(sustainable_amount) as sustainable_amount,
        sum(known_product_amount) as known_product_amount,
        sum({{ exact_product('sustainable_amount', 'sustainable_amount') }}) as sustainable_squares,
        sum({{ exact_product('sustainable_amount', 'known_product_amount') }}) as products_of_amounts,
        sum({{ exact_product('known_product_amount', 'known_product_amount') }}) as known_squares
    from customers
    group by {{ dimension }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
)

{%- set ratio = [
    'spender_count', 'sustainable_amount', 'known_product_amount', 'sustainable_squares', 'products_of_amounts',
    'known_squares',
] %}

select
    {{ surrogate_key(['dimension_name', 'dimension_value']) }} as preference_key,
    dimension_name,
    dimension_value,
    customer_count,
    {%- for question in questions %}
    {{ question }}_count,
    {{ mean_figures(question ~ '_sum', question ~ '_squares', question ~ '_count', question) }},
    {%- endfor %}
    cast(spender_count as bigint) as spender_count,
    cast(sustainable_buyer_count as bigint) as sustainable_buyer_count,
    {{ share_figures('sustainable_buyer_count', 'spender_count', 'sustainable_buyer_share') }},
    cast(sustainable_amount as decimal(18, 2)) as sustainable_amount,
    cast(known_product_amount as decimal(18, 2)) as known_product_amount,
    {{ share_of('sustainable_amount', 'known_product_amount') }} as sustainable_share,
    {{ ratio_low(*ratio) }} as sustainable_share_low,
    {{ ratio_high(*ratio) }} as sustainable_share_high
from sums
