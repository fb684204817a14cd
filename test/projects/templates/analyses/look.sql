select * from {{ ref('pivot') }} -- {{ var('flat') }}
