select {{ tools.shout('x') }} as x, {{ tools.whisper('Y') }} as y, {{ tools.who() }} as who, {{ tools.helper() | string | length }} as n,
  '{{ helper() }}' as own_helper, {{ dbt.concat(["'p'", "'q'"]) }} as joined, {{ var('answer') + 1 }} as answer, p.a
from {{ ref('tools', 'packaged') }} as p cross join {{ ref('packaged') }} as q
