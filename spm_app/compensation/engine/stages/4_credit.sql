-- Rows in: matched, portion, reach. Rows out: one for each component, payee, deal and rule. Unit of `credit`: that of the
-- value that is credited. An owner has one part of a deal; a manager has those of all owners below, added up; a rule that
-- credits a share rounds it half up. `moved` is what the line adds to its measure: the credit, or one when lines are
-- counted. What earlier periods have measured is one row of its own, before all others (`seq` 0).
-- This is the one place that sorts: later stages go through the rows in the order in which they stand here.
CREATE TABLE credit AS
WITH given AS (
    SELECT rule_no, component_no, payee_id, seq, matched.day, part, portion.credit, share, owner_id, depth
    FROM matched JOIN portion USING (seq) JOIN reach USING (filter_no, owner_id)
    WHERE matched.day >= reach.first AND matched.day < reach.past
), whole AS (
    SELECT rule_no, component_no, payee_id, seq, day, part * 1000000 AS part, credit, share, owner_id, 1 AS owners, depth
    FROM given WHERE depth = 0
    UNION ALL
    SELECT rule_no, component_no, payee_id, seq, day, part * 1000000, CAST(sum(credit) AS BIGINT), CAST(sum(share) AS BIGINT),
           min(owner_id), CAST(count(*) AS INTEGER), min(depth)
    FROM given WHERE depth > 0
    GROUP BY rule_no, component_no, payee_id, seq, day, part{others}
), credited AS {materialized} (
    SELECT component_no, payee_id, seq, rule_no, day, {credit} AS credit, share, owner_id, owners, depth FROM whole
)
SELECT component_no, payee_id, seq, rule_no, credit, {moved} AS moved, share, owner_id, owners, depth
FROM credited {in_period}{earlier}
ORDER BY payee_id, component_no, seq, rule_no;

-- Rows out: one for each component and payee of its plan, also when nothing was credited. `offset` is what stands
-- before the payee's first line in the sum over all lines; `prior` is what earlier periods have measured.
CREATE TABLE measure AS
WITH summed AS (
    SELECT component_no, payee_id, any_value(title) AS title, any_value(days) AS days,
           any_value(q.quota) AS quota, any_value(q.whole) AS quota_whole,
           CAST(coalesce(sum(moved), 0) AS BIGINT) AS measure,
           CAST(coalesce(sum(moved) FILTER (seq = 0), 0) AS BIGINT) AS prior,
           CAST(coalesce(sum(credit) FILTER (seq > 0), 0) AS BIGINT) AS base,
           CAST(greatest(coalesce(sum(abs(moved)), 0), coalesce(sum(abs(credit)), 0)) AS BIGINT) AS moved,
           count(*) FILTER (seq > 0) AS lines, max(credit) FILTER (seq > 0) AS most,
           coalesce(max(owners) FILTER (seq = 0), 0) AS lines_before
    FROM component JOIN enrolled USING (plan_no)
    LEFT JOIN credit USING (component_no, payee_id)
    LEFT JOIN quota q USING (component_no, payee_id)
    GROUP BY component_no, payee_id
)
SELECT *, sum(measure) OVER (ORDER BY payee_id, component_no) - measure AS earlier FROM summed;
