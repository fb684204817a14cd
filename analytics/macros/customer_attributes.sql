{#- The columns that tell two versions of a customer apart, in the order in which models list them. -#}
{% macro customer_attributes() -%}
    {{ return([
        'signed_up_at', 'first_name', 'last_name', 'email', 'phone', 'birth_date', 'gender', 'city', 'region', 'country',
        'income_band', 'acquisition_channel', 'credit_limit', 'account_status',
    ]) }}
{%- endmacro %}
