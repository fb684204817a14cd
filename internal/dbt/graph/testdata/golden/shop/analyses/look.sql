select * from {{ ref('margin') }}
