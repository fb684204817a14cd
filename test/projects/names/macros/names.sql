{% macro generate_schema_name(custom_schema_name, node) -%}
    {%- if custom_schema_name is none -%}
        {{ target.schema }}
    {%- else -%}
        {{ custom_schema_name | trim }}_{{ node.resource_type }}
    {%- endif -%}
{%- endmacro %}

{% macro generate_alias_name(custom_alias_name=none, node=none) -%}
    {%- if custom_alias_name -%}
        {{ custom_alias_name | trim }}
    {%- elif node.version -%}
        {{ node.name ~ '_version_' ~ (node.version | replace('.', '_')) }}
    {%- elif node.fqn | length > 3 -%}
        {{ node.fqn[-2] }}__{{ node.name }}
    {%- else -%}
        {{ node.name }}
    {%- endif -%}
{%- endmacro %}

{% macro log_to(event) %}insert into main.hook_log values ('{{ this.schema }}', '{{ event }}'){% endmacro %}
