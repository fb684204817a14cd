{{ config(access='private') }} select l.* from {{ ref('ledger', v=1) }} l, {{ ref('ledger') }}
