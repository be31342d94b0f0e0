-- Rows in: deals. Rows out: one for each deal of the time and each stream (one of its days with one of its values),
-- numbered in the order in which deals count, with one column for each part of a condition (p0, p1, ...) that says
-- whether the deal passes it. The number stands for (day, id), so that results never depend on arrival.
CREATE TABLE sale AS
SELECT CAST(row_number() OVER (ORDER BY day, id, stream_no) AS INTEGER) AS seq, * FROM ({streams});
