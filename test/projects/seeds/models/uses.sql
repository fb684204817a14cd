select * from {{ ref('placed') }} union all select whole from {{ ref('inferred') }}
