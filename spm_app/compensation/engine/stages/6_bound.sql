-- Rows in: slope, part. Rows out: the same, as steps: where what is earned changes, and by how much, in parts of the whole:
-- as many `parts` as all bands of a component and payee can share.
CREATE TABLE bound AS
WITH alike AS (
    SELECT component_no, payee_id, band_no, bound, CAST(parts AS HUGEINT) AS parts, CAST(paid AS HUGEINT) * CAST(parts AS HUGEINT) // per AS pay
    FROM slope JOIN part USING (component_no, payee_id)
)
SELECT component_no, payee_id, band_no, bound, parts,
       pay - coalesce(lag(pay) OVER (PARTITION BY component_no, payee_id ORDER BY band_no), 0) AS step
FROM alike;
