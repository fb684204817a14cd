{{ config(docs={'show': true, 'node_color': 'red'}) }} select customer_id, sum(amount) as amount from {{ ref('int_orders') }} group by 1
