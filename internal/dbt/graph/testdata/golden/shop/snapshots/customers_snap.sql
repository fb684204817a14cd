{% snapshot customers_snap %}
{{ config(target_schema='snap', unique_key='customer_id', strategy='check', check_cols='all', tags='nightly') }}
select * from {{ ref('customers') }}
{% endsnapshot %}
