-- Rows in: credit, measure, bound. Rows out: one for each credit with what it earns before rounding, as whole minor
-- units and a rest in parts of `unit`. The measure before and after the line says which slices it touched: marginal pay
-- is a broken line F over the running measure, and a line earns F(after) - F(before).
CREATE TABLE raw AS
WITH terms AS (
    SELECT component_no, payee_id, any_value(parts) AS parts, {terms}
    FROM bound GROUP BY component_no, payee_id
), run AS (
    SELECT rowid AS no, *, sum(credit) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS running FROM credit
), placed AS (
    SELECT run.*, whole AS on_everything, upper_wins,
           CAST(CASE WHEN single THEN 0 ELSE running - earlier - credit END AS BIGINT) AS before,
           CAST(CASE WHEN single THEN credit ELSE running - earlier END AS BIGINT) AS after,
           CASE WHEN single THEN credit ELSE measure END AS reached,
           fixed, single, below_whole, above_whole, {point} AS point
    FROM run JOIN component USING (component_no) JOIN measure USING (component_no, payee_id)
), paid AS (
    SELECT placed.*,
           CAST({unit_of_row} AS BIGINT) AS unit,
           coalesce(CASE {other_ways}WHEN on_everything THEN CAST(credit AS {number}) * {scale} * ({rate})
                         ELSE ({f_after}) - ({f_before}) END, 0) AS exact
    FROM placed LEFT JOIN terms USING (component_no, payee_id)
)
SELECT no, component_no, payee_id, seq, credit, share, owner_id, owners, depth, before, after, unit,
       CAST((exact % {unit} + {unit}) % {unit} AS BIGINT) AS rest,
       CAST((exact - (exact % {unit} + {unit}) % {unit}) // {unit} AS BIGINT) AS whole
FROM paid;
