-- Each initiative that was delivered is either in the mart or set aside with its reason.

select
    initiatives.initiative_id,
    initiatives.set_aside_reason,
    effects.initiative_id as mart_initiative_id
from {{ ref('stg_esg_initiatives') }} as initiatives
full outer join {{ ref('mart_esg_initiative_effects') }} as effects
    on initiatives.initiative_id = effects.initiative_id
where
    initiatives.initiative_id is null
    or (initiatives.set_aside_reason is null) = (effects.initiative_id is null)
