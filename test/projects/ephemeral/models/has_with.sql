{{ config(materialized='table') }}
/* with */ with mine as (
  select * from {{ ref('c') }}
), other as (select * from {{ ref('a') }})
select mine.*, other.id as other_id from mine join other using (id)
