-- $1 text in lower case, $2 rows; subtitle holds the kind
select title, subtitle, '' as url
from (
    select distinct unnest([
        {'title': rfm_group, 'subtitle': 'rfm_group'},
        {'title': spending_segment, 'subtitle': 'spending_segment'},
        {'title': behavioural_group, 'subtitle': 'behavioural_group'},
        {'title': activity_status, 'subtitle': 'activity_status'},
        {'title': ml_segment_name, 'subtitle': 'ml_segment'}
    ], recursive := true)
    from {customer_360_profile}
)
where contains(lower(title), $1)
order by title, subtitle
limit $2
