-- Why a line is worth nothing or negative: one reason for each zero_value and return line before the snapshot date.

with lines as (
    select
        _load_id,
        _file,
        _line,
        line_class,
        invoice_no,
        product_code,
        description,
        quantity,
        amount
    from {{ ref('stg_transaction_logs') }}
    where
        line_class in ('zero_value', 'return')
        and {{ before_snapshot('invoice_day') }}
),

-- A product given away keeps its catalogue name; a note replaces it.
catalogue_names as (
    select distinct
        product_code,
        description
    from {{ ref('stg_transaction_logs') }}
    where
        line_class in ('sale', 'guest')
        and {{ before_snapshot('invoice_day') }}
),

descriptions as (
    select
        description,
        {{ words_of('description') }} as words
    from (
        select distinct description
        from lines
        where
            line_class = 'zero_value'
            and description is not null
    ) as distinct_descriptions
),

keyword_matches as (
    select
        descriptions.description,
        min(reasons.priority) as priority
    from descriptions
    inner join {{ ref('zero_price_reasons') }} as reasons
        on {{ has_words('descriptions.words', 'reasons.keyword') }}
    group by descriptions.description
),

keyword_groups as (
    select distinct
        priority,
        zero_price_reason
    from {{ ref('zero_price_reasons') }}
),

zero_price as (
    select
        lines.*,
        case
            when catalogue_names.product_code is not null then 'promotional_or_internal'
            else coalesce(keyword_groups.zero_price_reason, 'unknown')
        end as line_reason
    from lines
    left join catalogue_names
        on
            lines.product_code = catalogue_names.product_code
            and lines.description = catalogue_names.description
    left join keyword_matches
        on lines.description = keyword_matches.description
    left join keyword_groups
        on keyword_matches.priority = keyword_groups.priority
    where lines.line_class = 'zero_value'
),

negative_candidates as (
    select
        lines.*,
        reasons.negative_line_reason as line_reason,
        row_number() over (
            partition by lines._load_id, lines._file, lines._line
            order by reasons.priority
        ) as choice
    from lines
    inner join {{ ref('negative_line_reasons') }} as reasons
        on
            (reasons.match_on = 'stock_code' and lines.product_code = reasons.pattern)
            or (reasons.match_on = 'invoice_prefix' and upper(substr(lines.invoice_no, 1, 1)) = reasons.pattern)
            or reasons.match_on = 'any'
    where lines.line_class = 'return'
)

select
    _load_id,
    _file,
    _line,
    line_class,
    line_reason,
    invoice_no,
    product_code,
    description,
    quantity,
    amount
from zero_price

union all

select
    _load_id,
    _file,
    _line,
    line_class,
    line_reason,
    invoice_no,
    product_code,
    description,
    quantity,
    amount
from negative_candidates
where choice = 1
