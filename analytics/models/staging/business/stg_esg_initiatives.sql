-- Environmental, social and governance initiatives, the last delivery of each.

with deliveries as (
    select
        trim(initiative_id) as initiative_id,
        nullif(trim(initiative_name), '') as initiative_name,
        lower(nullif(trim(pillar), '')) as pillar,
        started_on,
        ended_on,
        cost,
        _file,
        _line,
        _load_id,
        {{ newest_delivery(['trim(initiative_id)']) }} as delivery_rank
    from {{ source('bronze', 'esg_initiatives') }}
    where trim(initiative_id) <> ''
)

select
    initiative_id,
    initiative_name,
    pillar,
    started_on,
    ended_on,
    cost,
    _file,
    _line,
    _load_id
from deliveries
where delivery_rank = 1
