{% snapshot hard_invalidate %}
{{ config(unique_key='id', strategy='timestamp', updated_at='updated_at', hard_deletes='invalidate') }}
select * from {{ ref('items') }}
{% endsnapshot %}
