-- Rows in: paid. Rows out: the same as whole minor units and a rest in parts of `unit`.
CREATE TABLE part_line AS
SELECT no, component_no, payee_id, seq, rule_no, credit, share, owner_id, owners, depth, before, after, unit,{uncapped}
       CAST((exact % {unit} + {unit}) % {unit} AS {unit_type}) AS rest,
       CAST((exact - (exact % {unit} + {unit}) % {unit}) // {unit} AS BIGINT) AS whole
FROM {paid};

-- Rows out: one for each component and payee, rounded half up to the minor unit, once. `missing` is how many units the
-- lines lack when each is rounded down, and `cut` the smallest remainder that gets one of them.
CREATE TABLE earning AS
WITH total AS (
    SELECT component_no, payee_id, any_value(unit) AS unit, CAST(sum(whole) AS BIGINT) AS whole, CAST(sum(rest) AS HUGEINT) AS rest,
           list(rest ORDER BY rest DESC) FILTER (rest > 0) AS rests, {withheld} AS withheld
    FROM part_line GROUP BY component_no, payee_id
), rounded AS (
    SELECT *, CAST(whole AS HUGEINT) * {unit} + rest AS exact FROM total
), extra AS (
    SELECT *, CAST(sign(exact) * ((2 * abs(exact) + {unit}) // (2 * CAST({unit} AS HUGEINT))) AS BIGINT) AS earned
    FROM rounded
)
SELECT component_no, payee_id, unit, earned, earned - whole AS missing, rests[earned - whole] AS cut, withheld,
       CAST(whole + rest // {unit} AS BIGINT) AS exact_whole, CAST(rest % {unit} AS {unit_type}) AS exact_rest
FROM extra;

-- Rows out: the lines that get one unit more, so that lines add up to the earning: those with the largest remainders,
-- ties to the earlier deal. Only ties on the last remainder are ranked.
CREATE TABLE lucky AS
WITH tied AS (
    SELECT no, component_no, payee_id,
           row_number() OVER (PARTITION BY component_no, payee_id ORDER BY no) AS place
    FROM part_line JOIN earning USING (component_no, payee_id) WHERE missing > 0 AND rest = cut
), above AS (
    SELECT component_no, payee_id, missing - count(*) FILTER (rest > cut) AS left_over
    FROM part_line JOIN earning USING (component_no, payee_id) WHERE missing > 0
    GROUP BY component_no, payee_id, missing
)
SELECT no FROM tied JOIN above USING (component_no, payee_id) WHERE place <= left_over;
