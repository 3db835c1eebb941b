INSERT INTO books_bill AS b (id, number, party, dated, amount, tax, cancelled, stamp, stamp_exact)
VALUES (:#id, :#number, :#party, :#dated, :#amount, :#tax, :#cancelled, :#stamp, :#stampExact)
ON CONFLICT (id) DO UPDATE
    SET number = EXCLUDED.number, party = EXCLUDED.party, dated = EXCLUDED.dated, amount = EXCLUDED.amount,
        tax = EXCLUDED.tax, cancelled = EXCLUDED.cancelled, stamp = EXCLUDED.stamp,
        stamp_exact = EXCLUDED.stamp_exact, unposted = TRUE
    -- An older version never replaces a newer one.
    WHERE (EXCLUDED.stamp < b.stamp AND EXCLUDED.stamp_exact AND b.stamp_exact) IS NOT TRUE
