{%- set rel = adapter.get_relation(database=this.database, schema=this.schema, identifier='base') -%}
{%- set columns = adapter.get_columns_in_relation(ref('base')) -%}
{%- call statement('total', fetch_result=True) -%}select sum(amount) as s, count(*) as n, max(colour) as c from {{ ref('base') }}{%- endcall -%}
{%- set total = load_result('total') -%}
select
  '{{ rel.type if rel else "none" }}' as kind,
  '{% for c in columns %}{{ c.name }}:{{ c.dtype }}{{ "," if not loop.last }}{% endfor %}' as columns,
  '{{ columns | map(attribute="quoted") | join(", ") }}' as quoted,
  {{ total['data'][0][0] if execute else 0 }} as total,
  {{ total['table'].rows[0]['n'] if execute else 0 }} as n,
  '{{ total.table.columns["c"].values()[0] if execute }}' as c,
  '{{ total.table.column_names | join("/") if execute }}' as names,
  '{{ ref("base").include(database=false) }}' as short,
  '{{ ref("base").identifier }}' as identifier,
  '{{ adapter.quote("a b") }}' as q,
  {{ load_relation(this) is none | string | lower if false else 1 }} as one
