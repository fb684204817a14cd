{% snapshot hard_ignore %}
{{ config(unique_key='id', strategy='timestamp', updated_at='updated_at', hard_deletes='ignore') }}
select * from {{ ref('items') }}
{% endsnapshot %}
