-- Rows in: raw, own_limit. Rows out: the same after the factor of gates and modifiers, the cap of a line and the cap of the
-- component, in a `unit` in which all of these are whole. The cap is on the running sum, so that the line that reaches it
-- is the last that is paid; what earlier periods have earned counts first.
CREATE TABLE paid AS
WITH scaled AS (
    SELECT raw.*, CAST(exact AS HUGEINT) * CAST(num AS HUGEINT) AS by_factor,
           CAST(gone AS HUGEINT) * CAST(num AS HUGEINT) AS gone_by,
           CAST(raw.unit AS HUGEINT) * CAST(den AS HUGEINT) AS whole_unit,
           CAST(line_cap AS HUGEINT) * raw.unit AS line_most, CAST(cap AS HUGEINT) * raw.unit AS most
    FROM raw JOIN own_limit USING (component_no, payee_id)
), lined AS (
    SELECT *, CASE WHEN line_most IS NULL OR seq = 0 THEN by_factor
                   ELSE greatest(least(by_factor, line_most), -line_most) END AS own
    FROM scaled
), summed AS (
    SELECT *, sum(own) OVER so_far + sum(gone_by) OVER so_far AS upto
    FROM lined WINDOW so_far AS (PARTITION BY component_no, payee_id ORDER BY no ROWS UNBOUNDED PRECEDING)
)
SELECT no, component_no, payee_id, seq, rule_no, credit, share, owner_id, owners, depth, before, after,
       CAST(whole_unit AS {unit_type}) AS unit,
       CAST(CASE WHEN most IS NULL THEN own ELSE least(upto, most) - least(upto - own, most) END AS HUGEINT) AS exact,
       CAST(by_factor AS HUGEINT) AS uncapped
FROM summed
UNION ALL
SELECT no, component_no, payee_id, seq, rule_no, credit, share, owner_id, owners, depth, before, after, unit, exact, exact
FROM raw WHERE NOT EXISTS (
    SELECT 1 FROM own_limit l WHERE l.component_no = raw.component_no AND l.payee_id = raw.payee_id
)
ORDER BY no;
