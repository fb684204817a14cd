{{ config(unique_key=['id', 'region'], incremental_strategy='merge', incremental_predicates=["DBT_INTERNAL_DEST.amount > 0"]) }}
select id, region, amount from {{ ref('events') }}
