{{ config({'materialized': 'view', 'tags': 'one'}) }} select n + 1 as n from {{ ref('first') }}
