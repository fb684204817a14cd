{{ config(materialized='ephemeral') }}
-- with a comment that says with
select b.id, b.twice, a.id as again from {{ ref('b') }} as b join {{ ref('a') }} as a using (id)
