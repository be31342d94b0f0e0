-- Rows in: measure, component, band. Rows out: for each component and payee and each bound of its table, where the
-- rate changes and by how much. Unit of `bound`: minor units times 1 000 000, exact also where a share of a quota is
-- no whole minor unit. Without a quota a table over attainment has no rates: attainment is not to be had.
CREATE TABLE bound AS
SELECT component_no, payee_id, band_no, step,
       CAST(b.start AS HUGEINT) * CASE WHEN over_quota THEN quota ELSE 1000000 END AS bound
FROM measure JOIN component USING (component_no) JOIN band b USING (component_no)
WHERE NOT over_quota OR quota > 0;
