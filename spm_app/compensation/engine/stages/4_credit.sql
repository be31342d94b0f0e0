-- Rows in: matched, portion, reach. Rows out: one for each component, payee and deal. Unit: minor units.
-- An owner has one part of a deal; a manager has those of all owners below, added up.
-- This is the one place that sorts: later stages go through the rows in the order in which they stand here.
CREATE TABLE credit AS
WITH given AS (
    SELECT component_no, payee_id, seq, credit, share, owner_id, depth
    FROM matched JOIN portion USING (seq) JOIN reach USING (filter_no, owner_id)
    WHERE matched.day >= reach.first AND matched.day < reach.past
)
SELECT component_no, payee_id, seq, credit, share, owner_id, 1 AS owners, depth FROM given WHERE depth = 0
UNION ALL
SELECT component_no, payee_id, seq, CAST(sum(credit) AS BIGINT), CAST(sum(share) AS BIGINT),
       min(owner_id), CAST(count(*) AS INTEGER), min(depth)
FROM given WHERE depth > 0
GROUP BY component_no, payee_id, seq
ORDER BY payee_id, component_no, seq;

-- Rows out: one for each component and payee of its plan, also when nothing was credited. `earlier` is what stands
-- before the payee's first line in the sum over all lines. A quota is that of the whole period: who is in the plan on a
-- part of its days has that part of it, by days, rounded half up to the minor unit.
CREATE TABLE measure AS
WITH summed AS (
    SELECT component_no, payee_id, any_value(title) AS title, any_value(days) AS days, any_value(q.amount) AS quota_whole,
           CAST(coalesce(sum(credit), 0) AS BIGINT) AS measure,
           CAST(coalesce(sum(abs(credit)), 0) AS BIGINT) AS moved,
           count(credit) AS lines
    FROM component JOIN enrolled USING (plan_no)
    LEFT JOIN credit USING (component_no, payee_id)
    LEFT JOIN quotas q ON q.person_id = payee_id
    GROUP BY component_no, payee_id
)
SELECT *, CASE WHEN quota_whole > 0 AND days < $length
               THEN greatest(1, CAST((2 * CAST(quota_whole AS HUGEINT) * days + $length) // (2 * $length) AS BIGINT))
               ELSE quota_whole END AS quota,
       sum(measure) OVER (ORDER BY payee_id, component_no) - measure AS earlier FROM summed;
