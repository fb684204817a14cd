-- What each customer who ever decided agrees to now. Customers who are not in here never decided, which is no consent.

select
    customer_id,
    max(case when purpose = 'marketing' and is_granted then 1 else 0 end) = 1 as allows_marketing,
    max(case when purpose = 'profiling' and is_granted then 1 else 0 end) = 1 as allows_profiling,
    max(case when purpose = 'sharing' and is_granted then 1 else 0 end) = 1 as allows_sharing,
    cast(sum(case when is_granted then 1 else 0 end) as bigint) as granted_purpose_count,
    count(*) as decided_purpose_count,
    max(valid_from) as last_decided_at
from {{ ref('customer_consents') }}
where is_current
group by customer_id
