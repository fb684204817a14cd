select id, name, amount // 2 as half from {{ ref('raw') }}
