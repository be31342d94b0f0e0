-- Rows in: measure, component, band, own_slope. Rows out: for each component and payee and each band of its table, where
-- it begins and what one unit of the measure earns in it, as `paid` over `per`. Unit of `bound`: that of the measure times
-- 1 000 000, exact also where a share of a quota is no whole unit. An amount is earned in proportion to how far its band is
-- filled, or, where a band pays its amount, spread over all that was measured. Without a quota a table over attainment has
-- no rates: attainment is not to be had. Payees with terms of their own bring them.
CREATE TABLE slope AS
SELECT component_no, payee_id, band_no,
       CAST(b.start AS HUGEINT) * CASE WHEN over_quota THEN quota ELSE 1000000 END AS bound,
       CASE WHEN fixed AND (single OR measure > 0) THEN CAST(b.amount AS HUGEINT)
            WHEN fixed THEN 0
            WHEN drawn AND over_quota THEN CAST(b.amount AS HUGEINT) * 1000000
            WHEN drawn OR per_unit THEN b.amount
            ELSE b.rate END AS paid,
       CASE WHEN fixed AND NOT single THEN CAST(greatest(measure, 1) AS HUGEINT)
            WHEN fixed THEN 1
            WHEN drawn AND over_quota THEN CAST(coalesce(width, 1) AS HUGEINT) * quota
            WHEN drawn THEN coalesce(width, 1)
            ELSE 1000000 END AS per
FROM measure JOIN component USING (component_no) JOIN band b USING (component_no)
WHERE NOT own AND NOT silent AND (NOT over_quota OR quota > 0){own_slopes};

-- Rows out: every place, in the unit of `bound`, where a table changes what it pays: its bands' beginnings and its point.
CREATE VIEW place AS
SELECT bound FROM slope
UNION ALL
SELECT CAST(point AS HUGEINT) * CASE WHEN over_quota THEN quota ELSE 1000000 END
FROM component JOIN measure USING (component_no)
WHERE point IS NOT NULL AND (NOT over_quota OR quota > 0);
