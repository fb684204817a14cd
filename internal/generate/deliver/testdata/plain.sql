-- The plainest way to have as many rows with the columns of transactions: arithmetic on a row number.
CREATE TABLE plain AS
SELECT
    'T' || lpad(i::VARCHAR, 10, '0') AS transaction_id,
    CASE WHEN i % 10 = 0 THEN 'O' || lpad((i // 25)::VARCHAR, 9, '0') END AS order_id,
    'C' || lpad((i * 7919 % $customers)::VARCHAR, 7, '0') AS customer_id,
    TIMESTAMP '2024-01-01' + to_microseconds(i * 1000000 + i * 7919 % 1000000) AS transaction_at,
    CASE WHEN i % 10 = 0 THEN 'sale' ELSE 'payment' END AS transaction_type,
    CASE WHEN i % 10 = 0 THEN 'P' || lpad((i * 31 % 1000)::VARCHAR, 5, '0') END AS product_id,
    'MC' || lpad((1 + i * 31 % 50)::VARCHAR, 2, '0') AS merchant_category_id,
    ['store', 'web', 'app', 'phone'][1 + i * 13 // 7 % 4] AS channel,
    CASE WHEN i % 10 = 0 THEN i % 5 END AS quantity,
    CASE WHEN i % 10 = 0 THEN (i * 7919 % 10000 / 100)::DECIMAL(18, 4) END AS unit_price,
    CASE WHEN i % 10 = 0 THEN 0::DECIMAL(18, 2) END AS discount_amount,
    (i * 7919 % 100000 / 100)::DECIMAL(18, 2) AS amount,
    'EUR' AS currency,
    ['Germany', 'France', 'Italy', 'United Kingdom'][1 + i * 11 // 3 % 4] AS country,
    'synthetic:seed=1,scale=large' AS _file,
    i AS _line,
    1::BIGINT AS _load_id,
    TIMESTAMP '2026-01-01' AS _loaded_at
FROM range($rows) AS r(i)
