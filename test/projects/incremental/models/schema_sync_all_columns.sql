{{ config(unique_key='id', on_schema_change='sync_all_columns') }}
select id, amount{% if is_incremental() %}, cast(amount as double) / 2 as half{% else %}, region{% endif %} from {{ ref('events') }}
