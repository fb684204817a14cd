select '{{ var("flat") }}' as flat, $${{ var("listed") | join("|") }}$$ as listed, {{ var("nested")["deep"].value }} as nested,
  '{{ var("given", "default") }}' as given, '{{ var("start") }}' as start, '{{ env_var("SOME_ENV") }}' as env, '{{ env_var("NO_ENV", "none") }}' as no_env,
  '{{ target.name }}|{{ target.schema }}|{{ target.type }}|{{ target.threads }}|{{ target.database }}|{{ target.profile_name }}' as target,
  '{{ project_name }}|{{ this }}|{{ this.name }}|{{ model.path }}|{{ model.fqn | join(".") }}' as own,
  '{{ flags.FULL_REFRESH }}|{{ execute }}|{{ var.has_var("flat") }}|{{ graph.nodes | length }}|{{ graph.nodes["model.templates.base"].name if execute }}' as state,
  '{{ config.get("materialized") }}|{{ config.get("nothing", "default") }}|{{ config.require("kind") }}' as config
{{ config(kind='special') }}
