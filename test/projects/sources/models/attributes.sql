select '{{ source('raw', 'customers').identifier }}' as i, '{{ source('odd', 'table').schema }}' as s, {{ source('raw', 'customers') is not none | string | lower }} as t
