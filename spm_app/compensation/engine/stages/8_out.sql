-- Rows out: statements, component results and lines, in the one order that makes the same inputs give the same bytes.
CREATE TABLE out_component AS
SELECT payee_id, component_no, title, measure, quota, lines,
       coalesce(earned, 0) AS earned, coalesce(exact_whole, 0) AS exact_whole, coalesce(exact_rest, 0) AS exact_rest
FROM measure LEFT JOIN earning USING (component_no, payee_id)
ORDER BY payee_id, component_no;

CREATE TABLE out_line AS
SELECT payee_id, component_no, id, deal_id, day, sale.amount AS deal_amount, share, owner_id, owners, depth,
       credit, before, after, whole, rest, line.amount
FROM line JOIN credit USING (component_no, payee_id, seq) JOIN sale USING (seq)
ORDER BY payee_id, component_no, seq;
