/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.benchmarks;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Holds the measurements of JMH for one method.
 *
 * @param micros microseconds for a page, at the tenth percentile, which shows the machine without other load
 * @param median microseconds for a page, at the median
 * @param kilobytes kilobytes that a page allocates
 */
record PageParse(double micros, double median, double kilobytes) {

    /** Returns the measurements by the name of the method. */
    static Map<String, PageParse> measure() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(PageParseBenchmark.class.getName())
                        .addProfiler(GCProfiler.class)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        Map<String, PageParse> byName = new TreeMap<>();
        for (RunResult result : results) {
            byName.put(
                    result.getPrimaryResult().getLabel(),
                    new PageParse(
                            result.getPrimaryResult().getStatistics().getPercentile(10),
                            result.getPrimaryResult().getStatistics().getPercentile(50),
                            result.getSecondaryResults()
                                            .get("gc.alloc.rate.norm")
                                            .getScore()
                                    / 1024));
        }
        return byName;
    }
}
