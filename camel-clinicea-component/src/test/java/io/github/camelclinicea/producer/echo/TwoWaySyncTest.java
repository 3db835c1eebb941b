/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.echo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.testing.EchoClinic.Ask;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests a clinic and a CRM that keep each other up to date. */
class TwoWaySyncTest extends EchoTestBase {
    private static final String[] IDS = {"p1", "p2"};
    private static final String[] FIELDS = {"Phone", "Notes"};

    /** The requests of a producer during an update. */
    private static final Ask[] STEPS = {Ask.LIST, Ask.LOOK, Ask.UPDATE};

    private final Map<String, Map<String, String>> crm = new TreeMap<>();
    private final Map<String, Map<String, String>> changed = new TreeMap<>();

    /** Whether the CRM writes every change of a record to the clinic, even a change that came from the clinic. */
    private boolean simpleMinded = true;

    private DefaultCamelContext otherNode;
    private volatile boolean polling;
    private int values;

    @AfterEach
    void stopOtherNode() {
        if (otherNode != null) {
            otherNode.stop();
        }
    }

    @Override
    List<String> poll() {
        polling = true;
        try {
            return super.poll();
        } finally {
            polling = false;
        }
    }

    @Override
    void arrive(Exchange exchange) {
        super.arrive(exchange);
        Map<?, ?> row = exchange.getMessage().getBody(Map.class);
        for (String field : FIELDS) {
            if (row.get(field) != null) {
                String id = row.get("PatientID").toString();
                if (simpleMinded) {
                    save(id, field, row.get(field).toString());
                } else {
                    crm.computeIfAbsent(id, none -> new TreeMap<>())
                            .put(field, row.get(field).toString());
                }
            }
        }
    }

    private void save(String id, String field, String value) {
        crm.computeIfAbsent(id, none -> new TreeMap<>()).put(field, value);
        changed.computeIfAbsent(id, none -> new TreeMap<>()).put(field, value);
    }

    private void writeChanges() {
        Map<String, Map<String, String>> now = new TreeMap<>(changed);
        changed.clear();
        now.forEach((id, fields) -> {
            Map<String, String> asTheyAre = new TreeMap<>(crm.get(id));
            asTheyAre.keySet().retainAll(fields.keySet());
            assertThat(update(id, asTheyAre).getException()).isNull();
        });
    }

    /** Returns the number of rounds of polling and writing until nothing was left to write. */
    private int roundsUntilQuiet() {
        for (int round = 1; round <= 8; round++) {
            poll();
            if (delivered.isEmpty() && changed.isEmpty()) {
                return round;
            }
            writeChanges();
        }
        return Integer.MAX_VALUE;
    }

    private void assertBothAreTheSame(String when) {
        for (String id : clinic.ids()) {
            Map<String, String> there = new TreeMap<>(clinic.fields(id));
            assertThat(crm.get(id)).as("%s of the CRM %s", id, when).isEqualTo(there);
        }
    }

    @Test
    void given_changes_on_both_sides_when_synced_then_they_are_the_same_and_it_is_quiet() {
        clinic.edit("p1", "Phone", "555-0100");
        clinic.edit("p1", "Notes", "none");
        assertThat(roundsUntilQuiet()).isLessThanOrEqualTo(3);
        int written = clinic.asked(Ask.UPDATE);

        save("p1", "Phone", "555-0101");
        writeChanges();
        assertThat(poll()).as("what the CRM wrote").isEmpty();
        assertThat(changed).isEmpty();

        clinic.edit("p1", "Notes", "by the clinic");
        assertThat(roundsUntilQuiet()).isLessThanOrEqualTo(3);
        assertBothAreTheSame("at the end");
        assertThat(clinic.asked(Ask.UPDATE)).isLessThanOrEqualTo(written + 3);
    }

    /**
     * Other users edit, and this node or another one polls, during the CRM's writes, all within a few seconds of the
     * clinic's clock. Both sides are compared after every few steps, because later steps could repair an error.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void given_others_who_edit_in_the_middle_of_writes_when_it_is_quiet_then_both_sides_are_the_same(long seed)
            throws Exception {
        otherNode = context();
        // Otherwise it would repair a wrong delivery by writing it.
        simpleMinded = false;
        Random random = new Random(seed);
        Instant begin = Instant.now();
        for (String id : IDS) {
            for (String field : FIELDS) {
                clinic.edit(id, field, "0");
            }
        }
        assertThat(roundsUntilQuiet()).isLessThan(8);
        for (int round = 0; round < 20; round++) {
            clinic.at(begin.plusSeconds(round / 7));
            for (int step = 0; step < 4; step++) {
                take(random);
            }
            // Triggers the actions that still wait for a request.
            poll();
            writeChanges();

            assertThat(roundsUntilQuiet())
                    .as("rounds of polling in round %s of seed %s", round, seed)
                    .isLessThan(9);
            assertBothAreTheSame("in round " + round + " of seed " + seed);
        }
    }

    /**
     * Returns a value that was not used before. A change that is undone within a second, equal to the byte, is in no
     * change list.
     */
    private synchronized String anotherValue() {
        return Integer.toString(++values);
    }

    private void take(Random random) {
        String id = IDS[random.nextInt(IDS.length)];
        String field = FIELDS[random.nextInt(FIELDS.length)];
        switch (random.nextInt(5)) {
            case 0 -> clinic.edit(id, field, anotherValue());
            case 1 -> poll();
            default -> {
                Ask ask = STEPS[random.nextInt(STEPS.length)];
                Runnable inTheMiddle = () -> {
                    clinic.edit(id, field, anotherValue());
                    // Two threads never poll one consumer.
                    if (!polling && random.nextBoolean()) {
                        consumer(random.nextBoolean() ? camel : otherNode).run();
                    }
                };
                if (random.nextBoolean()) {
                    clinic.beforeNext(ask, inTheMiddle);
                } else {
                    clinic.afterNext(ask, inTheMiddle);
                }
                if (changed.isEmpty()) {
                    save(id, field, anotherValue());
                }
                writeChanges();
            }
        }
    }
}
