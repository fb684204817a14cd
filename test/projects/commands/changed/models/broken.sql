select id from {{ ref('ok') }}
