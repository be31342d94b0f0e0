-- Rows in: measure, earning, part_line, extra. Rows out: statements, component results and lines, in the one order that
-- makes the same inputs give the same bytes. `extra` is what belongs to no deal.
CREATE TABLE out_component AS
SELECT payee_id, component_no, title, measure, prior, base, quota, lines, days, quota_whole,
       coalesce(earned, 0) + coalesce(extra.amount, 0) AS earned, coalesce(extra.amount, 0) AS apart,
       coalesce(exact_whole, 0) AS exact_whole, coalesce(exact_rest, 0) AS exact_rest,
       coalesce(unit, 1) AS unit, coalesce(withheld, 0) AS withheld
FROM measure JOIN component USING (component_no)
LEFT JOIN earning USING (component_no, payee_id) LEFT JOIN extra USING (component_no, payee_id)
WHERE component_no < {components}
ORDER BY payee_id, component_no;

CREATE TABLE out_line AS
SELECT payee_id, component_no, rule_no, id, deal_id, coalesce(sale.day, $start) AS day, sale.amount AS deal_amount, share,
       owner_id, owners, depth, credit, before, after, whole, rest, part_line.unit, {key} AS key,
       whole + CASE WHEN rest > cut OR lucky.no IS NOT NULL THEN 1 ELSE 0 END AS amount
FROM part_line JOIN earning USING (component_no, payee_id) {sale_join} JOIN sale USING (seq) LEFT JOIN lucky USING (no){keyed}
WHERE seq > 0 OR whole <> 0 OR rest <> 0
ORDER BY no;
