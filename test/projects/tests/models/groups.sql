select distinct grp from {{ ref('numbers') }} where grp < 2
