select id, upper(name) as name, amount * {{ var('factor', 2) }} as amount, {{ is_big('amount') }} as big from {{ ref('raw') }} where id is not null
