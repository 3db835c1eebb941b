/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.row.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** The route: works rows off at once or later and in any order, fails on some, and is stopped when told to. */
final class DeliveryLog implements RowSink {
    private final Object node;
    private final HistoryChecker checker;
    private final Random random;
    private final boolean asynchronous;
    private final boolean deletedWanted;
    private final Runnable whileWaiting;
    private final BooleanSupplier dead;
    private final List<Delivery> held = new ArrayList<>();
    private final List<String> delivered = new ArrayList<>();
    private final Map<String, Integer> failing = new HashMap<>();
    private Predicate<Delivery> fails = delivery -> false;
    private int stopAfter = Integer.MAX_VALUE;
    private boolean stopped;
    private int throwing;
    private boolean handlesUnreadable;

    /** @param whileWaiting called whenever the sync asks whether to go on: the rest of the world moves then */
    DeliveryLog(
            Object node,
            HistoryChecker checker,
            Random random,
            boolean asynchronous,
            boolean deletedWanted,
            Runnable whileWaiting) {
        this(node, checker, random, asynchronous, deletedWanted, whileWaiting, () -> false);
    }

    /** @param dead whether the process has ended, after which nothing of it happens any more */
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
        checker.handedOver(node, delivery);
        delivered.add(HistoryChecker.key(delivery));
        if (--stopAfter <= 0) {
            stopped = true;
        }
        if (asynchronous && random.nextInt(4) > 0) {
            held.add(delivery);
        } else {
            end(delivery);
        }
    }

    /** Ends one of the rows held, whichever. */
    boolean endOne() {
        if (held.isEmpty()) {
            return false;
        }
        Delivery delivery = held.remove(random.nextInt(held.size()));
        try {
            end(delivery);
        } catch (StackOverflowError e) {
            // On a thread of its own Camel tells the sync.
            delivery.failed(e);
        }
        return true;
    }

    private void end(Delivery delivery) {
        if (throwing > 0 && random.nextInt(100) < throwing) {
            checker.failed(node, delivery);
            throw new StackOverflowError("the route");
        }
        if (delivery.row().defect() != null && !handlesUnreadable
                || fails.test(delivery)
                || failing.merge(HistoryChecker.key(delivery), -1, Integer::sum) >= 0) {
            checker.failed(node, delivery);
            delivery.failed(null);
            return;
        }
        checker.done(node, delivery);
        try {
            delivery.completed();
            checker.remembered(delivery);
        } catch (IllegalStateException e) {
            checker.note(node + " could not remember it");
        }
    }

    /** @param percent of the rows, from now on */
    void failOn(int percent) {
        fails = delivery -> random.nextInt(100) < percent;
    }

    /** @param times so often the version fails, then it succeeds */
    void failOn(String key, int times) {
        failing.put(key, times);
    }

    void stopAfter(int rows) {
        stopAfter = rows;
        stopped = rows <= 0;
    }

    /** @param percent of the rows an Error is thrown on, from now on; in a synchronous route */
    void throwOn(int percent) {
        throwing = percent;
    }

    /** The route has been given an error handler that takes rows which cannot be read. */
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

    /** @return the keys of the rows delivered since the last call */
    List<String> delivered() {
        List<String> since = List.copyOf(delivered);
        delivered.clear();
        return since;
    }
}
