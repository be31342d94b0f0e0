-- Rows in: raw. Rows out: one for each component and payee, rounded half up to the minor unit, once.
CREATE TABLE floored AS
SELECT component_no, payee_id, seq, before, after,
       CAST((raw % {unit} + {unit}) % {unit} AS BIGINT) AS rest,
       CAST((raw - (raw % {unit} + {unit}) % {unit}) // {unit} AS BIGINT) AS whole
FROM raw;

CREATE TABLE earning AS
WITH total AS (
    SELECT component_no, payee_id, CAST(sum(whole) AS BIGINT) AS whole, CAST(sum(rest) AS HUGEINT) AS rest,
           list(rest ORDER BY rest DESC) FILTER (rest > 0) AS rests
    FROM floored GROUP BY component_no, payee_id
), rounded AS (
    SELECT *, CAST(whole AS HUGEINT) * {unit} + rest AS exact FROM total
), extra AS (
    SELECT *, CAST(sign(exact) * ((2 * abs(exact) + {unit}) // (2 * CAST({unit} AS HUGEINT))) AS BIGINT) AS earned
    FROM rounded
)
SELECT component_no, payee_id, earned, earned - whole AS missing, rests[earned - whole] AS cut,
       CAST(whole + rest // {unit} AS BIGINT) AS exact_whole, CAST(rest % {unit} AS BIGINT) AS exact_rest
FROM extra;

-- Rows out: one for each credit, in minor units that add up to the earning: each part rounded down, and the units that
-- are left given to the largest remainders, ties to the earlier deal. Only ties on the last remainder are ranked.
CREATE TABLE line AS
WITH tied AS (
    SELECT component_no, payee_id, seq,
           row_number() OVER (PARTITION BY component_no, payee_id ORDER BY seq) AS place
    FROM floored JOIN earning USING (component_no, payee_id) WHERE missing > 0 AND rest = cut
), above AS (
    SELECT component_no, payee_id, missing - count(*) FILTER (rest > cut) AS left_over
    FROM floored JOIN earning USING (component_no, payee_id) WHERE missing > 0
    GROUP BY component_no, payee_id, missing
), lucky AS (
    SELECT component_no, payee_id, seq FROM tied JOIN above USING (component_no, payee_id) WHERE place <= left_over
)
SELECT f.component_no, f.payee_id, f.seq, before, after, f.whole, f.rest,
       f.whole + CASE WHEN f.rest > e.cut OR lucky.seq IS NOT NULL THEN 1 ELSE 0 END AS amount
FROM floored f JOIN earning e USING (component_no, payee_id)
LEFT JOIN lucky USING (component_no, payee_id, seq);
