INSERT INTO books_payment AS p (id, deleted, stamp, stamp_exact)
VALUES (:#id, TRUE, :#stamp, :#stampExact)
ON CONFLICT (id) DO UPDATE
    SET deleted = TRUE, stamp = EXCLUDED.stamp, stamp_exact = EXCLUDED.stamp_exact, unposted = TRUE
    WHERE (EXCLUDED.stamp < p.stamp AND EXCLUDED.stamp_exact AND p.stamp_exact) IS NOT TRUE
