-- Rows in: deals. Rows out: one for each deal of the period, numbered in the order in which deals count, with one
-- column for each part of a condition (p0, p1, ...) that says whether the deal passes it.
-- The number stands for (day, id), so that results never depend on arrival.
CREATE TABLE sale AS
SELECT CAST(row_number() OVER (ORDER BY day, id) AS INTEGER) AS seq, id, day, amount, deal_id{parts}
FROM deals
WHERE day >= $start AND day < $finish;
