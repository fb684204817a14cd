"""Change the shop: one change of each kind that state: tells apart. Run in the project's folder."""


def edit(path, old, new):
    with open(path) as f:
        text = f.read()
    assert old in text, (path, old)
    with open(path, "w") as f:
        f.write(text.replace(old, new, 1))


def write(path, text):
    with open(path, "w") as f:
        f.write(text)


CORE = "models/marts/core/_core.yml"
ERP = "models/staging/erp/_erp.yml"
edit("models/staging/erp/stg_items.sql", "select *", "select 1 as x, *")  # body
edit("models/marts/core/orders.sql", "append_new_columns", "fail")  # config
edit("seeds/countries.csv", "Germany", "Deutschland")  # seed
edit("macros/cents.sql", "{{ c }} / 2", "{{ c }} / 3")  # a macro below another
edit(CORE, "data_type: bigint", "data_type: varchar")  # contract
edit(CORE, "label: Weekly report", "label: The week")  # exposure
edit(CORE, "limit: 10", "limit: 11")  # generic test
edit(CORE, "[{customer_id: 1, amount: 5}]}", "[{customer_id: 1, amount: 6}]}")  # unit test
edit(ERP, "identifier: rma", "identifier: rma2")  # relation of a source
edit(ERP, "count: 12, period: hour", "count: 13, period: hour")  # freshness
edit(  # a description that is persisted
    CORE,
    "  - name: orders\n    config: {group",
    "  - name: order_items\n    description: Now described.\n  - name: orders\n    config: {group",
)
edit("models/marts/finance/_finance.yaml", "config: {access: protected}", "config: {access: public, tags: [x]}")
write("models/marts/finance/rates.sql", "{{ config(alias='rates_now') }} select 1 as a")  # relation
write("models/marts/finance/fresh_one.sql", "select * from {{ ref('rates') }}")  # new
write("tests/assert_nothing.sql", "{{ config(severity='warn') }}\nselect 1 where false")
edit("snapshots/customers_snap.sql", "check_cols='all'", "check_cols=['amount']")
edit("packages/common/models/dim/dim_days.sql", "select 1", "select 2")
edit("tests/generic/same_total.sql", "select 1", "select 2")  # macro of a test
edit(CORE, "flags: [a, true]", "flags: [a, false]")
