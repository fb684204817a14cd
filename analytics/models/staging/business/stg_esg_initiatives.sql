-- Environmental, social and governance initiatives, the last delivery of each. One that ended before it started keeps its
-- row and says why it is set aside; a cost below 0 is none. warn_implausible_values counts both.

with deliveries as (
    select
        trim(initiative_id) as initiative_id,
        nullif(trim(initiative_name), '') as initiative_name,
        lower(nullif(trim(pillar), '')) as pillar,
        started_on,
        ended_on,
        case when cost >= 0 then cost end as cost,
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
    case when ended_on < started_on then 'ended before it started' end as set_aside_reason,
    _file,
    _line,
    _load_id
from deliveries
where delivery_rank = 1
