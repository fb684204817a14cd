-- What each customer thinks of the shop's environmental and social side, and what the same
-- customer spends on labelled products. Everybody is in here; who was never asked and never
-- bought a known product has no score.

{% set questions = ['awareness', 'importance', 'trust', 'willingness_to_pay'] %}

with answers as (
    select
        customer_id,
        question,
        cast(100 * scale_share as decimal(9, 4)) as points,
        row_number() over (
            partition by
                customer_id,
                question
            order by responded_at desc, response_id desc
        ) as newest_first
    from {{ ref('customer_satisfaction_scores') }}
    where
        survey_type = 'ESG'
        and customer_id is not null
),

-- People change their minds: the newest answer to a question counts, not the mean of all.
surveys as (
    select
        customer_id,
        {%- for question in questions %}
        max(case when question = '{{ question }}' then points end) as {{ question }},
        {%- endfor %}
        count(*) as question_count
    from answers
    where newest_first = 1
    group by customer_id
),

spend as (
    select
        customer_id,
        sum(known_product_amount) as known_product_amount,
        sum(sustainable_amount) as sustainable_amount
    from {{ ref('int_customer_monthly') }}
    group by customer_id
),

joined as (
    select
        customers.customer_id,
        {%- for question in questions %}
        surveys.{{ question }},
        {%- endfor %}
        coalesce(surveys.question_count, 0) as question_count,
        cast(coalesce(spend.known_product_amount, 0) as decimal(18, 2)) as known_product_amount,
        cast(coalesce(spend.sustainable_amount, 0) as decimal(18, 2)) as sustainable_amount,
        cast(
            100 * cast(spend.sustainable_amount as double) / nullif(spend.known_product_amount, 0)
            as decimal(9, 4)
        ) as sustainable_spend
    from {{ ref('stg_customer_data') }} as customers
    left join surveys
        on customers.customer_id = surveys.customer_id
    left join spend
        on customers.customer_id = spend.customer_id
),

components as (
    {%- for component in ['awareness', 'importance', 'trust', 'sustainable_spend'] %}
    select
        customer_id,
        '{{ component }}' as component,
        {{ component }} as points
    from joined
    where {{ component }} is not null
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

-- Parts that are not known leave their weight to those that are.
scores as (
    select
        components.customer_id,
        cast(sum(components.points * weights.weight) as double) / nullif(sum(weights.weight), 0) as sustainability_score,
        sum(weights.weight) as known_weight
    from components
    inner join {{ ref('sustainability_weights') }} as weights
        on components.component = weights.component
    group by components.customer_id
)

select
    joined.customer_id,
    cast(joined.awareness as double) as esg_awareness,
    cast(joined.importance as double) as esg_importance,
    cast(joined.trust as double) as esg_trust,
    cast(joined.willingness_to_pay as double) as willingness_to_pay,
    joined.question_count,
    joined.known_product_amount,
    joined.sustainable_amount,
    {{ share_of('joined.sustainable_amount', 'joined.known_product_amount') }} as sustainable_share,
    scores.sustainability_score,
    cast(coalesce(scores.known_weight, 0) as double) as known_weight,
    case
        when joined.question_count > 0 and joined.sustainable_spend is not null then 'survey and spend'
        when joined.question_count > 0 then 'survey only'
        when joined.sustainable_spend is not null then 'spend only'
        else 'nothing known'
    end as score_basis
from joined
left join scores
    on joined.customer_id = scores.customer_id
