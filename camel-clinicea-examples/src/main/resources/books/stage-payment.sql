INSERT INTO books_payment AS p (id, number, party, dated, amount, mode, bill, cancelled, stamp, stamp_exact)
VALUES (:#id, :#number, :#party, :#dated, :#amount, :#mode, :#bill, :#cancelled, :#stamp, :#stampExact)
ON CONFLICT (id) DO UPDATE
    SET number = EXCLUDED.number, party = EXCLUDED.party, dated = EXCLUDED.dated, amount = EXCLUDED.amount,
        mode = EXCLUDED.mode, bill = EXCLUDED.bill, cancelled = EXCLUDED.cancelled, stamp = EXCLUDED.stamp,
        stamp_exact = EXCLUDED.stamp_exact, deleted = FALSE, unposted = TRUE
    WHERE (EXCLUDED.stamp < p.stamp AND EXCLUDED.stamp_exact AND p.stamp_exact) IS NOT TRUE
