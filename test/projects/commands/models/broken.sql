select no_such from {{ ref('ok') }}
