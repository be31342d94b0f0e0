-- Rows in: credit, measure, bound. Rows out: one for each credit with what it earns before limits and rounding, in so many
-- parts (`exact`) of a `unit`. The measure before and after the line says which slices it touched: marginal pay is a broken
-- line F over the running measure, and a line earns F(after) - F(before). The row of earlier periods earns what the table
-- makes of them now, less what the same terms had given before (`gone`).
CREATE {kept} raw AS
WITH terms AS (
    SELECT component_no, payee_id, any_value(parts) AS parts, {terms}
    FROM bound GROUP BY component_no, payee_id
), run AS (
    SELECT rowid AS no, *, sum(moved) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS running FROM credit
), placed AS (
    SELECT run.*, whole AS on_everything, upper_wins,
           CAST(CASE WHEN single THEN 0 ELSE running - earlier - run.moved END AS BIGINT) AS before,
           CAST(CASE WHEN single THEN run.moved ELSE running - earlier END AS BIGINT) AS after,
           {reached} AS reached, {paid_on} AS paid_on, prior,
           fixed, single, below_whole, above_whole, {point} AS point
    FROM run JOIN component USING (component_no) JOIN measure USING (component_no, payee_id){keyed}
    WHERE NOT silent AND (seq > 0 OR NOT spread)
), paid AS (
    SELECT placed.*,
           CAST({unit_of_row} AS {unit_type}) AS unit,
           coalesce({pay}, 0) AS exact, {gone} AS gone
    FROM placed LEFT JOIN terms USING (component_no, payee_id)
)
SELECT no, component_no, payee_id, seq, rule_no, credit, share, owner_id, owners, depth, before, after, unit,
       exact - gone AS exact, gone
FROM paid;
