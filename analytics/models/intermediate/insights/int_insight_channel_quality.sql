-- Which acquisition channel brings the customers who most often buy again within 90 days, against the customers of
-- all other channels. The best of several is picked after looking, so the interval is for as many comparisons as
-- there are channels (Bonferroni), and channels with fewer than 30 observed customers are no candidates.

with channels as (
    select
        acquisition_channel,
        count(*) as n,
        sum(case when has_repeat_90 then 1 else 0 end) as repeats
    from {{ ref('int_customer_first_year') }}
    where
        is_new_customer
        and is_observed_90
        and acquisition_channel <> 'unknown'
    group by acquisition_channel
),

totals as (
    select
        sum(n) as all_n,
        sum(repeats) as all_repeats
    from channels
),

ranked as (
    select
        channels.acquisition_channel,
        channels.n,
        channels.repeats,
        totals.all_n - channels.n as other_n,
        totals.all_repeats - channels.repeats as other_repeats,
        count(*) over () as candidate_count,
        row_number() over (
            order by {{ share_of('channels.repeats', 'channels.n') }} desc, channels.n desc, channels.acquisition_channel
        ) as channel_rank
    from channels
    cross join totals
    where channels.n >= 30
),

best as (
    select *
    from ranked
    where channel_rank = 1
),

compared as (
    select
        acquisition_channel,
        n,
        {{ share_of('repeats', 'n') }} as rate,
        {{ share_of('other_repeats', 'other_n') }} as other_rate,
        {{ share_difference_low('repeats', 'n', 'other_repeats', 'other_n', z_of_many('candidate_count')) }} as ci_low,
        {{ share_difference_high('repeats', 'n', 'other_repeats', 'other_n', z_of_many('candidate_count')) }} as ci_high
    from best
    where other_n > 0
)

select
    'channel_quality' as insight_key,
    'Best acquisition channel by repeat purchases' as title,
    'difference of shares with a further order within 90 days' as statistic,
    rate - other_rate as value,
    ci_low,
    ci_high,
    cast(n as bigint) as n,
    other_rate as comparison_value,
    acquisition_channel || ': ' || {{ percent_text('rate') }} || ', other channels: ' || {{ percent_text('other_rate') }}
    || ': ' || {{ difference_word('ci_low', 'ci_high') }} as finding
from compared
