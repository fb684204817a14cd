select id, region, amount, day from {{ ref('events') }}
