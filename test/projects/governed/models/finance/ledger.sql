select id, id * 10 as amount from {{ ref('dim', v=1) }}
