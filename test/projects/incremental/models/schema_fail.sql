{{ config(unique_key='id', on_schema_change='fail') }}
select id, amount{% if is_incremental() %}, cast(amount as double) / 2 as half{% else %}, region{% endif %} from {{ ref('events') }}
