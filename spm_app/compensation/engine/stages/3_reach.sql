-- Rows in: seats, shares, rule, span, entitled. Rows out: for each rule of crediting, on which days an owner's deals
-- count for which payee. Stretches of days never overlap. A manager counts by the tree as it stood on the day of the
-- deal; a payee counts while in the plan. `span` are the days that a component counts at all.
CREATE TABLE reach AS
WITH RECURSIVE up AS (
    SELECT DISTINCT person_id AS owner_id, person_id, 0 AS depth, $since AS first, $finish AS past FROM shares
    UNION ALL
    SELECT owner_id, manager_id, depth + 1, greatest(first, s.start), least(past, s.finish)
    FROM up JOIN seats s ON s.person_id = up.person_id AND s.start < past AND s.finish > first
    WHERE manager_id IS NOT NULL AND depth < $levels
)
SELECT r.rule_no, r.component_no, r.filter_no, r.part, up.owner_id, up.person_id AS payee_id, up.depth,
       greatest(up.first, e.first, w.first) AS first, least(up.past, e.past, w.past) AS past
FROM rule r
JOIN span w USING (component_no)
JOIN entitled e USING (plan_no)
JOIN up ON up.person_id = e.payee_id
WHERE r.way = 'tree'
  AND CASE WHEN r.levels = 0 THEN up.depth = 0 ELSE up.depth BETWEEN 1 AND r.levels END
  AND greatest(up.first, e.first, w.first) < least(up.past, e.past, w.past);
