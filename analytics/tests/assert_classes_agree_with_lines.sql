-- int_transaction_classes is changed by what changed; counted anew it has to be the same.

with counted as (
    select
        source_system,
        transaction_class,
        count(*) as line_count,
        cast(coalesce(sum(amount), 0) as decimal(18, 2)) as amount
    from {{ ref('int_transactions') }}
    group by
        source_system,
        transaction_class
),

kept as (
    select
        source_system,
        transaction_class,
        line_count,
        amount
    from {{ ref('int_transaction_classes') }}
)

(
    select * from counted
    except
    select * from kept
)
union all
(
    select * from kept
    except
    select * from counted
)
