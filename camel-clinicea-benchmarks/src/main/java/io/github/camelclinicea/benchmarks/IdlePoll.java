/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Holds the cost of a poll that finds no change.
 *
 * @param requests requests a poll
 * @param cpuMicros microseconds of CPU a poll
 * @param kilobytes kilobytes that a poll allocates
 */
record IdlePoll(double requests, double cpuMicros, double kilobytes) {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /**
     * Measures polls. The polling thread does all the work of such a poll, because its only page is not fetched ahead.
     */
    static IdlePoll measure(ServerProcess server, int warmUp, int polls) throws Exception {
        try (Peer.Sync sync =
                new CliniceaRoute("Map", 8, State.Kind.MEMORY, false).prepare(server.list(0, 3), new Tally())) {
            for (int poll = 0; poll < warmUp; poll++) {
                sync.run();
            }
            long thread = Thread.currentThread().getId();
            long requests = server.requests();
            long cpu = THREADS.getThreadCpuTime(thread);
            long bytes = THREADS.getThreadAllocatedBytes(thread);
            for (int poll = 0; poll < polls; poll++) {
                sync.run();
            }
            double cpuMicros = (THREADS.getThreadCpuTime(thread) - cpu) / 1e3 / polls;
            double kilobytes = (THREADS.getThreadAllocatedBytes(thread) - bytes) / 1024.0 / polls;
            return new IdlePoll((server.requests() - requests) / (double) polls, cpuMicros, kilobytes);
        }
    }
}
