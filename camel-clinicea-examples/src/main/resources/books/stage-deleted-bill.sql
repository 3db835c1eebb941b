INSERT INTO books_bill AS b (id, deleted, deleted_stamp, deleted_exact)
VALUES (:#id, TRUE, :#stamp, :#stampExact)
ON CONFLICT (id) DO UPDATE
    SET deleted = TRUE, deleted_stamp = EXCLUDED.deleted_stamp, deleted_exact = EXCLUDED.deleted_exact, unposted = TRUE
    WHERE (EXCLUDED.deleted_stamp < b.deleted_stamp AND EXCLUDED.deleted_exact AND b.deleted_exact) IS NOT TRUE
