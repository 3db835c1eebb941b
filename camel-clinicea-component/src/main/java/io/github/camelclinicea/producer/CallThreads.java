/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.apache.camel.CamelContext;

/**
 * The threads on which calls wait for their answers, so that the threads of routes need not. There are so many at most, for
 * all producers of a component together, and no queue behind them: a queue would take in more exchanges than the server can
 * answer, and would lose them in a crash.
 */
public final class CallThreads implements AutoCloseable {
    private final CamelContext context;
    private final ExecutorService threads;
    // Not left to the pool: where Camel is told to use virtual threads, a pool has no bound.
    private final Semaphore free;

    /**
     * @param context the context whose threads are used
     * @param most how many calls may be under way on them at once, 1 or more
     */
    public CallThreads(CamelContext context, int most) {
        this.context = context;
        this.threads = context.getExecutorServiceManager().newCachedThreadPool(this, "CliniceaCall");
        this.free = new Semaphore(most);
    }

    /**
     * @param call what is to be done; must not throw
     * @return whether a thread has taken it; if not, all are busy or have been stopped, and the caller's own thread has to
     */
    boolean take(Runnable call) {
        if (!free.tryAcquire()) {
            return false;
        }
        try {
            threads.execute(() -> {
                try {
                    call.run();
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

    /** Takes no more calls. Those under way go on. */
    @Override
    public void close() {
        context.getExecutorServiceManager().shutdown(threads);
    }

    /** @return the name under which the pool shows in JMX */
    @Override
    public String toString() {
        return "clinicea";
    }
}
