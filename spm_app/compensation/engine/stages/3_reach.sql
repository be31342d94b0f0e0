-- Rows in: seats, shares, plan, plan_title, component.
-- Rows out: for each component, on which days an owner's deals count for which payee. Stretches of days never overlap.
-- A manager counts by the tree as it stood on the day of the deal; a payee counts while holding a title of the plan.
CREATE TABLE reach AS
WITH RECURSIVE up AS (
    SELECT DISTINCT person_id AS owner_id, person_id, 0 AS depth, $start AS first, $finish AS past FROM shares
    UNION ALL
    SELECT owner_id, manager_id, depth + 1, greatest(first, s.start), least(past, s.finish)
    FROM up JOIN seats s ON s.person_id = up.person_id AND s.start < past AND s.finish > first
    WHERE manager_id IS NOT NULL AND depth < $levels
)
SELECT c.component_no, c.filter_no, up.owner_id, up.person_id AS payee_id, up.depth,
       greatest(up.first, s.start, p.start) AS first, least(up.past, s.finish, p.finish) AS past
FROM component c
JOIN plan p USING (plan_no)
JOIN plan_title t USING (plan_no)
JOIN seats s ON s.title = t.title
JOIN up ON up.person_id = s.person_id
WHERE CASE WHEN c.levels = 0 THEN up.depth = 0 ELSE up.depth BETWEEN 1 AND c.levels END
  AND greatest(up.first, s.start, p.start) < least(up.past, s.finish, p.finish);

-- Rows out: one for each plan and payee, with the title held last in the period and on how many of its days the payee
-- is in the plan: both the plan's days and the seat's cut the period. Who is in a plan has a statement.
CREATE TABLE enrolled AS
SELECT plan_no, person_id AS payee_id, arg_max(title, s.start) AS title,
       CAST(sum(least(s.finish, p.finish, $finish) - greatest(s.start, p.start, $start)) AS BIGINT) AS days
FROM plan p JOIN plan_title USING (plan_no) JOIN seats s USING (title)
WHERE greatest(s.start, p.start, $start) < least(s.finish, p.finish, $finish)
GROUP BY plan_no, person_id;
