select id, '{{ this }}' as own_name, '{{ model.name }}' as model_name from {{ ref('plain') }}
