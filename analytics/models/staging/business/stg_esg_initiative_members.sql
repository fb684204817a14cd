-- Who is in which group of an initiative, the last delivery of each customer: nobody is
-- treated and control at once.

with deliveries as (
    select
        trim(initiative_id) as initiative_id,
        trim(customer_id) as customer_id,
        is_treated,
        _file,
        _line,
        _load_id,
        {{ newest_delivery(['trim(initiative_id)', 'trim(customer_id)']) }} as delivery_rank
    from {{ source('bronze', 'esg_initiative_members') }}
    where
        trim(initiative_id) <> ''
        and trim(customer_id) <> ''
        and is_treated is not null
)

select
    initiative_id,
    customer_id,
    is_treated,
    _file,
    _line,
    _load_id
from deliveries
where delivery_rank = 1
