package io.github.camelclinicea.producer.echo;

import io.github.camelclinicea.row.WireRow;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Where a consumer finds what a producer has written, so that it does not deliver it (docs/explanation/decisions/0012). All methods may
 * throw what the repository behind it throws.
 */
public interface WriteMarks {
    /** @return the moment before which the consumer has delivered every change; nothing if it has not begun */
    Optional<Instant> deliveredBefore();

    /**
     * Lays a watch over a record, which ends when any version of it is delivered. To be called before anything is read or
     * written of it.
     *
     * @param id the record's id
     * @return whether one was there already, so that an earlier mark still counts
     */
    boolean watch(String id);

    /**
     * @param row a version in the change list
     * @param watchedBefore what {@link #watch} said
     * @return whether the consumer's route knows all that it holds
     */
    boolean isKnown(WireRow row, boolean watchedBefore);

    /**
     * @param row a version that is not to be delivered, as long as the watch over its record stands
     * @param replaced the versions that it was written upon
     * @return false if something has been delivered meanwhile
     */
    boolean mark(WireRow row, List<WireRow> replaced);

    /**
     * Returns whether some fields are all that the change list has ever shown, or more.
     *
     * @param names the names of the fields
     */
    boolean areAllFields(Collection<String> names);

    /** @param id the record whose watch is not needed any more */
    void unwatch(String id);
}
