/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.function.Predicate;

/**
 * A period that has a budget. A period is named by its first day. A day has 23 or 25 hours where clocks are changed.
 *
 * <p>Specified by {@code PeriodCountTest}.
 */
public enum BudgetPeriod {
    /** A day from midnight to midnight. */
    DAY("requestsPerDay", 40) {
        @Override
        LocalDate at(LocalDate day) {
            return day;
        }

        @Override
        LocalDate shifted(LocalDate start, int periods) {
            return start.plusDays(periods);
        }

        @Override
        String label(LocalDate start) {
            return start.toString();
        }
    },
    /** A calendar month. */
    MONTH("requestsPerMonth", 13) {
        @Override
        LocalDate at(LocalDate day) {
            return day.withDayOfMonth(1);
        }

        @Override
        LocalDate shifted(LocalDate start, int periods) {
            return start.plusMonths(periods);
        }

        @Override
        String label(LocalDate start) {
            return YearMonth.from(start).toString();
        }
    };

    /** How far a clock may go back without beginning an earlier count. */
    private static final Duration HELD_ON = Duration.ofHours(48);

    private final String option;
    private final int searchedBack;

    BudgetPeriod(String option, int searchedBack) {
        this.option = option;
        this.searchedBack = searchedBack;
    }

    /** Returns the name of the option that sets the budget. */
    public String option() {
        return option;
    }

    /** Returns how many periods back the count of an old one is looked for, to remove it. */
    int searchedBack() {
        return searchedBack;
    }

    /** Returns the first day of the period that contains a moment. */
    LocalDate start(Instant moment, ZoneId zone) {
        return at(LocalDate.ofInstant(moment, zone));
    }

    /**
     * Returns the period to count in.
     *
     * @param counted the first day of the period that was counted in last
     * @param now the time by the clock, which may have been set back
     */
    LocalDate current(LocalDate counted, Instant now, ZoneId zone) {
        LocalDate byClock = start(now, zone);
        return isHeldOn(counted, byClock, now, zone) ? counted : byClock;
    }

    private boolean isHeldOn(LocalDate counted, LocalDate byClock, Instant now, ZoneId zone) {
        Instant begin = counted.atStartOfDay(zone).toInstant();
        return byClock.isBefore(counted) && Duration.between(now, begin).compareTo(HELD_ON) <= 0;
    }

    /**
     * Returns the latest period that may have been counted in, if the clock was set back before this process started.
     *
     * @param isBegun returns whether a period has a count
     */
    LocalDate latestBegun(Predicate<LocalDate> isBegun, Instant now, ZoneId zone) {
        LocalDate byClock = start(now, zone);
        LocalDate latest = byClock;
        for (LocalDate later = shifted(byClock, 1); isHeldOn(later, byClock, now, zone); later = shifted(later, 1)) {
            latest = isBegun.test(later) ? later : latest;
        }
        return latest;
    }

    /** Returns whether the period that ends at a moment is the one to count in. */
    boolean isPresent(Instant end, Instant now, ZoneId zone) {
        LocalDate counted = start(end.minusNanos(1), zone);
        return counted.equals(current(counted, now, zone));
    }

    /** Returns the end of a period, which is the beginning of the next one. */
    Instant endsAt(LocalDate start, ZoneId zone) {
        return shifted(start, 1).atStartOfDay(zone).toInstant();
    }

    abstract LocalDate at(LocalDate day);

    /** Returns the first day of a later period; of an earlier one for a negative number. */
    abstract LocalDate shifted(LocalDate start, int periods);

    /** Returns the name of a period in keys. */
    abstract String label(LocalDate start);
}
