select * from {{ ref('groups') }}
