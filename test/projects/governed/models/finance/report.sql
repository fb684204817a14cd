select l.amount, d.name, n.more from {{ ref('ledger') }} l join {{ ref('dim') }} d using (id) join {{ ref('dim', version=3) }} n using (id)
