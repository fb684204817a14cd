-- What a new customer costs by channel, the dearest first, over all months of the data.
select
    cast(channel as varchar) as channel,
    cast(sum(new_customer_count) as bigint) as new_customer_count,
    cast(sum(spend) as decimal(18, 2)) as spend,
    cast(sum(spend) / nullif(sum(new_customer_count), 0) as decimal(18, 2)) as acquisition_cost,
    cast(sum(repeat_90_count) as double) / nullif(sum(observed_90_count), 0) as repeat_rate
from gold.mart_acquisition_channels
group by channel
having sum(spend) > 0
order by acquisition_cost desc nulls last, channel
