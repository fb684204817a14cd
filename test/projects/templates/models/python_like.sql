{%- set items = [] -%}
{%- for n in range(5) if n % 2 == 0 -%}{%- do items.append(n) -%}{%- endfor -%}
{%- set d = {'b': 1, 'a': [1, 2.0, None, True], "c": {'x': 'y'}} -%}
{%- do d.update({'z': 'last'}) -%}
{%- set ns = namespace(total=0) -%}
{%- for k, v in d.items() -%}{%- set ns.total = ns.total + loop.index -%}{%- endfor -%}
{%- set text = "It's" ~ ' a ' ~ 1.0 ~ ' "test"' -%}
select
  $${{ items }}$$ as items, $${{ d }}$$ as d, {{ ns.total }} as total, $${{ text }}$$ as text,
  $${{ '%05.2f|%s|%-5s|%x' % (3.14159, None, 'ab', 255) }}$$ as formatted,
  $${{ "{:>8,.2f} {!r} {0}".replace('{0}', '').format(12345.678, 'q') }}$$ as format_method,
  $${{ -7 // 2 }} {{ -7 % 3 }} {{ 2 ** 10 }} {{ 7 / 2 }} {{ 1e3 }} {{ 10 / 5 }}$$ as sums,
  $${{ "a,b,,c".split(',') }} {{ "Hello"[1:-1] }} {{ "x".join(['1', '2']) }} {{ " t ".strip() | upper }}$$ as strings,
  $${{ [3, 1, 2] | sort | reverse | list }} {{ ['b', 'a'] | sort }} {{ [1, 2, 3, 4] | batch(2) | list }} {{ {'k': 1} | dictsort }}$$ as filters,
  $${{ [1, 2, 3] | map('string') | join('+') }} {{ [{'n': 1}, {'n': 2}] | selectattr('n', 'gt', 1) | list }} {{ [0, 1, ''] | select | list }}$$ as maps,
  $${{ sum_of(4) }} {% call(x) wrap('b') %}{{ x }}!{% endcall %} {{ any_args(1, 2, z=3) }}$$ as macros,
  $${{ tojson({'a': [1, none, true]}) }} {{ fromjson('{"k": [1.5, null]}') }} {{ fromyaml('{a: [1, b]}') }} {{ toyaml({'a': 1}) | trim }}$$ as parsed,
  $${{ modules.datetime.date(2024, 2, 28) + modules.datetime.timedelta(days=2) }} {{ modules.re.sub('[aeiou]', '_', 'templates') }} {{ modules.re.match('(t)(e)', 'test').groups() }}$$ as modules,
  $${{ zip([1, 2], ['a', 'b']) | list }} {{ set([1, 1]) | list }} {{ local_md5('x') }} {{ none is none }} {{ 'a' in 'abc' }} {{ 1 if false }}$$ as functions,
  $${% raw %}{{ raw }}{% endraw %}{# comment #} {%- filter upper %} filtered {% endfilter -%} {{ "}}" }}$$ as blocks,
  $${% for a, b in [(1, 2), (3, 4)] recursive %}{{ a }}{{ loop.cycle('x', 'y') }}{{ b }}{{ loop.length }}{% else %}none{% endfor %}$$ as loops,
  $${% for i in range(10) %}{% if i == 2 %}{% continue %}{% endif %}{% if i == 4 %}{% break %}{% endif %}{{ i }}{% endfor %}$$ as controls
