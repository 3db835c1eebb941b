/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Stands for the route. It finishes rows at once or later and in any order, fails on some, and can be stopped. */
final class DeliveryLog implements RowSink {
    private final Object node;
    private final HistoryChecker checker;
    private final Random random;
    private final boolean asynchronous;
    private final boolean deletedWanted;
    private final Runnable whileWaiting;
    private final BooleanSupplier dead;
    private final List<Delivery> held = new ArrayList<>();
    private final Map<Delivery, List<Delivery>> rowsOfBatches = new IdentityHashMap<>();
    private final List<String> delivered = new ArrayList<>();
    private final Map<String, Integer> failing = new HashMap<>();
    private Predicate<Delivery> fails = delivery -> false;
    private int stopAfter = Integer.MAX_VALUE;
    private boolean stopped;
    private int throwing;
    private boolean handlesUnreadable;
    private TestRepository.Connection transactions;

    /**
     * Creates a route.
     *
     * @param whileWaiting runs when the sync asks whether to go on; the rest of the world moves then
     */
    DeliveryLog(
            Object node,
            HistoryChecker checker,
            Random random,
            boolean asynchronous,
            boolean deletedWanted,
            Runnable whileWaiting) {
        this(node, checker, random, asynchronous, deletedWanted, whileWaiting, () -> false);
    }

    /**
     * Creates a route in a process that can end.
     *
     * @param dead returns whether the process has ended; then the route does nothing
     */
    DeliveryLog(
            Object node,
            HistoryChecker checker,
            Random random,
            boolean asynchronous,
            boolean deletedWanted,
            Runnable whileWaiting,
            BooleanSupplier dead) {
        this.dead = dead;
        this.node = node;
        this.checker = checker;
        this.random = random;
        this.asynchronous = asynchronous;
        this.deletedWanted = deletedWanted;
        this.whileWaiting = whileWaiting;
    }

    /** Makes the route's effect and the keys of a delivery one transaction. Such a route finishes rows at once. */
    void commitTo(TestRepository.Connection connection) {
        transactions = connection;
    }

    @Override
    public boolean open() {
        if (dead.getAsBoolean()) {
            return false;
        }
        whileWaiting.run();
        return !stopped;
    }

    @Override
    public boolean wants(Row row) {
        return deletedWanted || !"Deleted".equals(row.status());
    }

    @Override
    public void deliver(Delivery delivery) {
        if (dead.getAsBoolean()) {
            return;
        }
        List<Delivery> rows = rows(delivery);
        checker.handedOver(node, rows);
        rows.forEach(row -> delivered.add(HistoryChecker.key(row)));
        stopAfter -= rows.size();
        if (stopAfter <= 0) {
            stopped = true;
        }
        if (asynchronous && transactions == null && random.nextInt(4) > 0) {
            held.add(delivery);
        } else {
            end(delivery);
        }
    }

    /** Returns each row of a delivery as one of its own, which stays the same object for the checker. */
    private List<Delivery> rows(Delivery delivery) {
        return delivery.items().size() == 1
                ? List.of(delivery)
                : rowsOfBatches.computeIfAbsent(
                        delivery,
                        batch -> batch.items().stream()
                                .map(item -> new Delivery(List.of(item), row -> {}, (row, succeeded, cause) -> {}))
                                .toList());
    }

    /** Ends one of the unfinished rows. */
    boolean endOne() {
        if (held.isEmpty()) {
            return false;
        }
        Delivery delivery = held.remove(random.nextInt(held.size()));
        try {
            end(delivery);
        } catch (StackOverflowError e) {
            // Camel notifies the sync on another thread.
            delivery.failed(e);
        }
        return true;
    }

    private void end(Delivery delivery) {
        List<Delivery> rows = rows(delivery);
        if (throwing > 0 && random.nextInt(100) < throwing) {
            rows.forEach(row -> checker.failed(node, row));
            throw new StackOverflowError("the route");
        }
        if (delivery.row().defect() != null && !handlesUnreadable
                || fails.test(delivery)
                || rows.stream()
                                .filter(row -> failing.merge(HistoryChecker.key(row), -1, Integer::sum) >= 0)
                                .count()
                        > 0) {
            rows.forEach(row -> checker.failed(node, row));
            delivery.failed(null);
            return;
        }
        if (transactions != null) {
            endInTransaction(delivery, rows);
            return;
        }
        rows.forEach(row -> checker.done(node, row));
        try {
            delivery.completed();
            rows.forEach(checker::remembered);
        } catch (IllegalStateException e) {
            checker.note(node + " could not remember it");
        }
    }

    private void endInTransaction(Delivery delivery, List<Delivery> rows) {
        try {
            transactions.inTransaction(
                    random.nextBoolean(), delivery::remember, () -> rows.forEach(row -> checker.committed(node, row)));
        } catch (TestRepository.Crash e) {
            throw e;
        } catch (RuntimeException | Error e) {
            checker.note(node + " could not commit it");
            rows.forEach(row -> checker.failed(node, row));
            delivery.failed(e);
            return;
        }
        delivery.completed();
    }

    /**
     * Lets rows fail from now on.
     *
     * @param percent the share of the rows
     */
    void failOn(int percent) {
        fails = delivery -> random.nextInt(100) < percent;
    }

    /**
     * Lets a version fail, and succeed afterwards.
     *
     * @param times the number of failures
     */
    void failOn(String key, int times) {
        failing.put(key, times);
    }

    void stopAfter(int rows) {
        stopAfter = rows;
        stopped = rows <= 0;
    }

    /**
     * Throws an Error on rows from now on, in a synchronous route.
     *
     * @param percent the share of the rows
     */
    void throwOn(int percent) {
        throwing = percent;
    }

    /** Adds an error handler that accepts unreadable rows. */
    void handleUnreadable() {
        handlesUnreadable = true;
    }

    void heal() {
        throwing = 0;
        fails = delivery -> false;
        failing.clear();
        resume();
    }

    void resume() {
        stopAfter = Integer.MAX_VALUE;
        stopped = false;
    }

    int held() {
        return held.size();
    }

    /** Returns the keys of the rows that were delivered since the last call. */
    List<String> delivered() {
        List<String> since = List.copyOf(delivered);
        delivered.clear();
        return since;
    }
}
