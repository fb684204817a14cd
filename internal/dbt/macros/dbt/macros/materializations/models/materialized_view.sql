{% materialization materialized_view, default %}
  {%- do exceptions.raise_compiler_error(
      "DuckDB has no materialized views: use materialized='table', or 'incremental' to rebuild only what is new") -%}
{% endmaterialization %}
