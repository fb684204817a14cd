-- $1 text in lower case. A mail address and a name are found by the whole of them alone: by parts they could be
-- guessed letter by letter, although they are masked.
(starts_with(lower(customer_id), $1)
 or lower(email) = $1
 or lower(first_name) = $1
 or lower(last_name) = $1
 or lower(concat_ws(' ', first_name, last_name)) = $1)
