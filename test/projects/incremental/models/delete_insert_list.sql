{{ config(unique_key=['id', 'region'], incremental_strategy='delete+insert', incremental_predicates=["DBT_INCREMENTAL_TARGET.amount < 100"]) }}
select id, region, amount from {{ ref('events') }}
