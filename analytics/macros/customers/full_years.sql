{#- Full years from a date of birth to a day: one less until the birthday has come. -#}
{% macro full_years(birth_date, day) -%}
    extract(year from {{ day }}) - extract(year from {{ birth_date }})
    - case
        when
            extract(month from {{ day }}) * 100 + extract(day from {{ day }})
            < extract(month from {{ birth_date }}) * 100 + extract(day from {{ birth_date }})
            then 1
        else 0
    end
{%- endmacro %}
