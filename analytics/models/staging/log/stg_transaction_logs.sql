-- One row a line of the log, typed, with exactly one class. Nothing is dropped here: the
-- class says what a line may be used for.

with typed as (
    select
        trim(invoice_no) as invoice_no,
        trim(stock_code) as stock_code,
        -- The web shop writes some codes with a small last letter.
        upper(trim(stock_code)) as product_code,
        nullif(trim(description), '') as description,
        cast(quantity as bigint) as quantity,
        cast(invoice_date as timestamp) as invoice_date,
        cast(invoice_date as date) as invoice_day,
        cast(unit_price as decimal(12, 2)) as unit_price,
        nullif(trim(cast(customer_id as {{ dbt.type_string() }})), '') as customer_id,
        nullif(trim(country), '') as source_country,
        _load_id,
        _file,
        _line
    from {{ source('bronze', 'transaction_logs') }}
),

-- A till gives its lines no number, so a line is known by what it says. Within a file, lines that say the same are lines
-- of their own.
numbered as (
    select
        *,
        row_number() over (
            partition by content_key, _load_id, _file
            order by _line
        ) as number_in_file
    from (
        select
            *,
            dense_rank() over (order by _load_id, _file) as file_number,
            {{ surrogate_key([
                'invoice_no', 'stock_code', 'description', 'quantity', 'unit_price', 'invoice_date', 'customer_id', 'source_country'
            ]) }} as content_key
        from typed
    ) as keyed
),

compared as (
    select
        *,
        row_number() over (partition by content_key, number_in_file order by file_number) > 1 as is_said_before,
        min(file_number) over (partition by invoice_no) < file_number as is_of_earlier_invoice
    from numbered
),

-- Exports of a growing log overlap: they say of the invoices that earlier files had what those said. A log that was cut
-- into files says other things of the invoices that a cut went through, and what is said again was sold again.
delivered as (
    select
        *,
        row_number() over (
            partition by content_key, is_delivered_again
            order by file_number, _line
        ) as repeat_number
    from (
        select
            *,
            is_said_before
            and 2 * count(case when is_said_before then 1 end) over (partition by file_number)
            >= count(case when is_of_earlier_invoice then 1 end) over (partition by file_number)
                as is_delivered_again
        from compared
    ) as judged
),

rules as (
    select
        rules.match_on,
        -- The empty pattern is a description without a single letter or digit.
        coalesce(rules.pattern, '') as pattern,
        rules.line_class,
        classes.rule_order
    from {{ ref('line_class_rules') }} as rules
    inner join {{ ref('line_classes') }} as classes
        on rules.line_class = classes.line_class
),

-- Patterns are compared with each distinct description once, not with each line.
descriptions as (
    select
        description,
        {{ words_of('description') }} as words
    from (
        select distinct description
        from typed
        where description is not null
    ) as distinct_descriptions
),

matched_descriptions as (
    select
        descriptions.description,
        min(case when rules.match_on = 'description' then rules.rule_order end) as description_order,
        min(case when rules.match_on = 'word' then rules.rule_order end) as word_order
    from descriptions
    inner join rules
        on (
            rules.match_on = 'description'
            and rules.pattern = descriptions.words
        )
        or (
            rules.match_on = 'word'
            and {{ has_words('descriptions.words', 'rules.pattern') }}
        )
    group by descriptions.description
),

-- Products carry such words in their names. A name under which a product was sold to an
-- identified customer, or on several invoices, is a catalogue name and no note.
catalogue_names as (
    select
        delivered.product_code,
        delivered.description
    from delivered
    inner join matched_descriptions
        on delivered.description = matched_descriptions.description
    where
        matched_descriptions.word_order is not null
        and not delivered.is_delivered_again
        and delivered.quantity > 0
        and delivered.unit_price > 0
    group by
        delivered.product_code,
        delivered.description
    having
        count(delivered.customer_id) > 0
        or count(distinct delivered.invoice_no) >= {{ var('catalogue_min_invoices') }}
),

evidence as (
    select
        delivered.*,
        coalesce(countries.country, delivered.source_country) as country,
        countries.drop_reason,
        invoice_rules.line_class as invoice_class,
        -- The more exact evidence decides: a code, then the invoice's prefix, then the whole
        -- description, then words in it.
        coalesce(
            code_rules.line_class,
            case when invoice_rules.line_class <> 'return' then invoice_rules.line_class end,
            description_classes.line_class,
            case when catalogue_names.product_code is null then word_classes.line_class end
        ) as evident_class
    from delivered
    left join {{ ref('country_mapping') }} as countries
        on delivered.source_country = countries.source_country
    left join rules as code_rules
        on
            code_rules.match_on = 'stock_code'
            and delivered.product_code = code_rules.pattern
    left join rules as invoice_rules
        on
            invoice_rules.match_on = 'invoice_prefix'
            and upper(substr(delivered.invoice_no, 1, 1)) = invoice_rules.pattern
    left join matched_descriptions
        on delivered.description = matched_descriptions.description
    left join {{ ref('line_classes') }} as description_classes
        on matched_descriptions.description_order = description_classes.rule_order
    left join {{ ref('line_classes') }} as word_classes
        on matched_descriptions.word_order = word_classes.rule_order
    left join catalogue_names
        on
            delivered.product_code = catalogue_names.product_code
            and delivered.description = catalogue_names.description
),

classified as (
    select
        *,
        -- The order of the branches is the order of the rules.
        case
            when is_delivered_again then 'duplicate'
            {%- if var('drop_unmapped_regions') %}
            when drop_reason is not null then 'unmapped_region'
            {%- endif %}
            when coalesce(quantity * unit_price, 0) = 0 then 'zero_value'
            when quantity < 0 or invoice_class = 'return' then 'return'
            when evident_class = 'adjustment' then 'adjustment'
            -- Nothing is sold at a price below zero.
            when unit_price < 0 and evident_class is null then 'adjustment'
            when evident_class = 'bad_debt' then 'bad_debt'
            when evident_class = 'suspicious' then 'suspicious'
            when evident_class = 'operational' then 'operational'
            when customer_id is null then 'guest'
            else 'sale'
        end as line_class
    from evidence
),

-- Some tills write what comes back as positive units of a credit note.
signed as (
    select
        *,
        case when line_class = 'return' then -abs(quantity) else quantity end as signed_quantity,
        case when line_class = 'return' then abs(unit_price) else unit_price end as signed_price
    from classified
)

select
    invoice_no,
    stock_code,
    product_code,
    description,
    signed_quantity as quantity,
    invoice_date,
    invoice_day,
    signed_price as unit_price,
    customer_id,
    country,
    source_country,
    cast(signed_quantity * signed_price as decimal(18, 2)) as amount,
    line_class,
    drop_reason is not null as unmapped_region,
    drop_reason,
    content_key,
    repeat_number,
    _load_id,
    _file,
    _line
from signed
