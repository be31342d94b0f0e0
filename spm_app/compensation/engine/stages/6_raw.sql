-- Rows in: credit, measure, bound. Rows out: one for each credit with what it earns before rounding.
-- Unit of `raw`: minor units times {unit}. The measure before and after the line says which slices it touched:
-- marginal pay is a broken line F over the running measure, and a line earns F(after) - F(before).
CREATE TABLE raw AS
WITH terms AS (
    SELECT component_no, payee_id, {terms}
    FROM bound GROUP BY component_no, payee_id
), run AS (
    SELECT component_no, payee_id, seq, credit,
           CAST(sum(credit) OVER (PARTITION BY component_no, payee_id ORDER BY seq
                                  ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS BIGINT) AS so_far
    FROM credit
), placed AS (
    SELECT component_no, payee_id, seq, credit,
           CASE WHEN single THEN 0 ELSE so_far - credit END AS before,
           CASE WHEN single THEN credit ELSE so_far END AS after,
           whole, upper_wins,
           CASE WHEN single THEN credit ELSE measure END AS reached
    FROM run JOIN component USING (component_no) JOIN measure USING (component_no, payee_id)
)
SELECT component_no, payee_id, seq, credit, before, after,
       coalesce(CASE WHEN whole THEN CAST(credit AS {number}) * {scale} * ({rate})
                     ELSE ({f_after}) - ({f_before}) END, 0) AS raw
FROM placed LEFT JOIN terms USING (component_no, payee_id);
