{% snapshot by_time %}
{{ config(unique_key='id', strategy='timestamp', updated_at='updated_at') }}
select * from {{ ref('items') }}
{% endsnapshot %}

{% snapshot by_check %}
{{ config(unique_key='id', strategy='check', check_cols=['name', 'amount'], target_schema='checked') }}
select * from {{ ref('items') }}
{% endsnapshot %}

{% snapshot by_check_all %}
{{ config(unique_key="id || '-' || part", strategy='check', check_cols='all', schema='custom', alias='all_columns') }}
select * from {{ ref('items') }}
{% endsnapshot %}
