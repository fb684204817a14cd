{% snapshot orders_snapshot %}
{{ config(target_schema='snap', unique_key='order_id', strategy='check', check_cols=['amount_cents']) }}
select order_id, amount_cents from {{ ref('stg_orders') }}
{% endsnapshot %}
