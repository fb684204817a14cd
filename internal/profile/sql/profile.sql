-- A table's figures: one row for each column, by its place from 0 on. The words in square
-- brackets are put in by statement.go; columns are called by their places. A sample is
-- drawn once for all that follows, in t. What texts alone have stands behind "case",
-- which spares the others the work; "and" would not.
--
--   t   the columns: c0 as it is, v0 as text, x0 as number (moments in seconds since 1970)
--   a   one row of figures that need the types themselves
--   g   the values of the listed columns and how often each is there
--   u   the values of the others, one by one
with t as [materialized] (
    select [columns]
    from [relation] [sample]
),

c (position, family, parts) as (values [families]),

a as materialized (
    select
        count(*) as row_count,
        count(*) - count(distinct hash([row])) as duplicate_rows,
        [keys] as keys,
        [figures] as figures
    from t
),

typed as (
    select
        position, family, parts, figure.nulls, figure.least, figure.greatest, figure.mean, figure.deviation, figure.quartiles,
        figure.low, figure.high,
        figure.quartiles[1] as q1,
        figure.quartiles[3] as q3,
        -- Without a spread there are no fences: any other value would be beyond them.
        nullif(figure.quartiles[3] - figure.quartiles[1], 0) as iqr
    from (select unnest(figures) as figure from a)
    inner join c on c.position = figure.position
),

g as materialized (
    select position, v, any_value(x) as x, count(*) as n
    from (select unnest([listed]) as position, unnest([listed texts]) as v, unnest([listed numbers]) as x from t [any listed])
    where v is not null
    group by position, v
),

u as not materialized (
    select position, v, x
    from (select unnest([unlisted]) as position, unnest([unlisted texts]) as v, unnest([unlisted numbers]) as x from t [any unlisted])
    where v is not null
),

trimmed as not materialized (
    select e.*, p.family, p.parts, p.q1, p.q3, p.iqr, p.low, p.high, case when p.family = 'text' then trim(e.v, [blanks]) end as w
    from (
        select position, v, x as number, n, true as is_listed from g
        union all
        select position, v, x as number, 1 as n, false as is_listed from u
    ) as e
    inner join typed as p on p.position = e.position
),

dated as not materialized (
    select *, case when family = 'text' then [moment] end as m
    from trimmed
),

one as not materialized (
    select *, case when family = 'text' then epoch(m) else number end as x, [readings]
    from dated
),

counted as (
    select
        position,
        sum(n)::bigint as value_count,
        coalesce(sum(n) filter (where w = ''), 0)::bigint as blank_count,
        count(*) filter (where is_listed) as listed_values,
        count(distinct hash(v)) filter (where not is_listed and hash(v) % parts = 0) as part_values,
        coalesce(sum(n) filter (where x > 0), 0)::bigint as positive_count,
        coalesce(sum(n) filter (where case when contains(v, '@') then regexp_matches(v, [mail]) end), 0)::bigint as mail_count,
        min(length(v)) filter (where family = 'text') as shortest,
        max(length(v)) filter (where family = 'text') as longest,
        min({'rank': -n, 'value': v}, [frequent]) filter (where is_listed) as frequent,
        [kinds],
        [rules]
    from one
    group by position
),

-- Spellings of the same letters: all but the most frequent.
spelled as (
    select position, sum(n) - max(n) as n, array_to_string(list_slice(list(v order by n desc, v), 1, 3), ' / ') as example
    from g
    where position in [text positions]
    group by position, lower(v)
    having count(*) > 1
),

variants as (
    select position, sum(n)::bigint as variant_count, min({'rank': -n, 'value': example}).value as variant_example
    from spelled
    group by position
),

-- What is most frequent among very many values: candidates, and then their counts.
candidates as (
    select position, unnest(approx_top_k(v, [frequent])) as v
    from u
    group by position
),

found as (
    select position, min({'rank': -n, 'value': v}, [frequent]) as found
    from (select u.position, u.v, count(*) as n from u inner join candidates as k on k.position = u.position and k.v = u.v group by 1, 2)
    group by position
),

bars as (
    select position, list({'bar': bar, 'count': n}) as bars
    from (
        select
            position,
            case when high > low then least([bars] - 1, greatest(0, floor((x - low) / (high - low) * [bars])))::integer else 0 end as bar,
            sum(n)::bigint as n
        from one
        where family <> 'text' and x is not null
        group by 1, 2
    )
    group by position
)

select
    a.row_count, a.duplicate_rows, a.keys, typed.position, typed.nulls, typed.least, typed.greatest, typed.mean, typed.deviation, typed.quartiles,
    typed.low, typed.high, counted.* exclude (position), variants.* exclude (position), found.found, bars.bars
from typed
cross join a
left join counted on counted.position = typed.position
left join variants on variants.position = typed.position
left join found on found.position = typed.position
left join bars on bars.position = typed.position
order by typed.position
