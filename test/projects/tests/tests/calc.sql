{{ config(fail_calc='sum(id)', warn_if='>5', error_if='>100', tags='sums', limit=3) }} select id from {{ ref('numbers') }} where id between 2 and 5
