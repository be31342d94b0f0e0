-- Rows in: sale, shares. Rows out: one for each owner of a deal. Unit: minor units, adding up to the deal exactly.
-- Every part is rounded down; the units that are left go to the largest remainders, ties to the lower person id.
CREATE TABLE portion AS
WITH cut AS (
    SELECT seq, person_id AS owner_id, share, amount,
           CAST(amount AS HUGEINT) * share AS exact,
           ((CAST(amount AS HUGEINT) * share) % 1000000 + 1000000) % 1000000 AS rest
    FROM sale JOIN shares ON shares.id = sale.id
    WHERE share < 1000000
), floored AS (
    SELECT *, CAST((exact - rest) // 1000000 AS BIGINT) AS whole FROM cut
), ranked AS (
    SELECT seq, owner_id, share, whole,
           amount - CAST(sum(whole) OVER (PARTITION BY seq) AS BIGINT) AS missing,
           row_number() OVER (PARTITION BY seq ORDER BY rest DESC, owner_id) AS place
    FROM floored
)
SELECT seq, owner_id, share, whole + CASE WHEN place <= missing THEN 1 ELSE 0 END AS credit FROM ranked
UNION ALL
SELECT seq, person_id, share, amount FROM sale JOIN shares ON shares.id = sale.id WHERE share = 1000000;
