-- Rows in: matched, portion, reach. Rows out: one for each component, payee and deal. Unit: minor units.
CREATE TABLE credit AS
SELECT component_no, payee_id, seq,
       CAST(sum(credit) AS BIGINT) AS credit,
       CAST(sum(share) AS BIGINT) AS share,
       min(owner_id) AS owner_id, CAST(count(*) AS INTEGER) AS owners, CAST(min(depth) AS INTEGER) AS depth
FROM matched JOIN portion USING (seq) JOIN reach USING (filter_no, owner_id)
WHERE matched.day >= reach.first AND matched.day < reach.past
GROUP BY component_no, payee_id, seq;

-- Rows out: one for each component and payee of its plan, also when nothing was credited.
CREATE TABLE measure AS
SELECT component_no, payee_id, any_value(title) AS title, any_value(q.amount) AS quota,
       CAST(coalesce(sum(credit), 0) AS BIGINT) AS measure,
       CAST(coalesce(sum(abs(credit)), 0) AS BIGINT) AS moved,
       count(credit) AS lines
FROM component JOIN enrolled USING (plan_no)
LEFT JOIN credit USING (component_no, payee_id)
LEFT JOIN quotas q ON q.person_id = payee_id
GROUP BY component_no, payee_id;
