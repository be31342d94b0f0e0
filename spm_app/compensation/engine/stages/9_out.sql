-- Rows out: statements, component results and lines, in the one order that makes the same inputs give the same bytes.
CREATE TABLE out_component AS
SELECT payee_id, component_no, title, measure, quota, lines, days, quota_whole,
       coalesce(earned, 0) AS earned, coalesce(exact_whole, 0) AS exact_whole, coalesce(exact_rest, 0) AS exact_rest,
       coalesce(unit, 1) AS unit
FROM measure LEFT JOIN earning USING (component_no, payee_id)
ORDER BY payee_id, component_no;

CREATE TABLE out_line AS
SELECT payee_id, component_no, id, deal_id, day, amount AS deal_amount, share, owner_id, owners, depth,
       credit, before, after, raw.whole, raw.rest, raw.unit,
       raw.whole + CASE WHEN raw.rest > cut OR lucky.no IS NOT NULL THEN 1 ELSE 0 END AS amount
FROM raw JOIN earning USING (component_no, payee_id) JOIN sale USING (seq) LEFT JOIN lucky USING (no)
ORDER BY no;
