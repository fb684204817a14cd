WITH RECURSIVE t(n) AS (
  SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < (select max(twice) from {{ ref('b') }})
)
SELECT n FROM t
