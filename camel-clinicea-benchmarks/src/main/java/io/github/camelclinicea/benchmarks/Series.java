package io.github.camelclinicea.benchmarks;

import java.util.Arrays;

/**
 * What several rounds gave for one thing.
 *
 * @param values one of each round
 */
record Series(double... values) {
    double median() {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double least() {
        return Arrays.stream(values).min().orElseThrow();
    }

    double most() {
        return Arrays.stream(values).max().orElseThrow();
    }

    /** @return the ratio to another series, round by round: a load that comes and goes hits both of a round alike */
    Series over(Series other) {
        double[] ratios = new double[values.length];
        for (int round = 0; round < ratios.length; round++) {
            ratios[round] = values[round] / other.values[round];
        }
        return new Series(ratios);
    }
}
