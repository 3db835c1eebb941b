/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.apache.camel.CamelContext;

/**
 * Runs operations on threads of the component, so that the threads of routes need not wait for responses. All producers
 * of a component share them. Their number is bounded, and there is no queue: a queue would accept more exchanges than
 * the server can serve, and would lose them in a crash. Thread-safe.
 */
public final class CallThreads implements AutoCloseable {
    private final CamelContext context;
    private final ExecutorService threads;
    // The pool cannot bound the number: where Camel is configured for virtual threads, a pool has no bound.
    private final Semaphore free;

    /**
     * @param context the context that makes the threads
     * @param maxThreads how many threads may be busy at once, 1 or more
     */
    public CallThreads(CamelContext context, int maxThreads) {
        this.context = context;
        this.threads = context.getExecutorServiceManager().newCachedThreadPool(this, "CliniceaCall");
        this.free = new Semaphore(maxThreads);
    }

    /**
     * Runs a task on one of the threads if one is free. Otherwise the caller must run it on its own thread.
     *
     * @param task the task; must not throw
     * @return whether a thread runs it; false if all are busy or stopped
     */
    boolean take(Runnable task) {
        if (!free.tryAcquire()) {
            return false;
        }
        try {
            threads.execute(() -> {
                try {
                    task.run();
                } finally {
                    free.release();
                }
            });
            return true;
        } catch (RejectedExecutionException e) {
            free.release();
            return false;
        }
    }

    /** Accepts no more tasks. Those that run go on. */
    @Override
    public void close() {
        context.getExecutorServiceManager().shutdown(threads);
    }

    /** Returns the name that the pool has in JMX. */
    @Override
    public String toString() {
        return "clinicea";
    }
}
