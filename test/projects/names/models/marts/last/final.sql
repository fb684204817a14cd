select n from {{ ref('second') }}
