package io.github.camelclinicea;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.EchoClinic.Ask;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A clinic and a CRM that keep each other up to date. */
class TwoWaySyncTest extends EchoTestBase {
    private static final String[] FIELDS = {"Phone", "Notes"};

    private final Map<String, Map<String, String>> crm = new TreeMap<>();
    private final Map<String, Map<String, String>> changed = new TreeMap<>();

    /** Whether the CRM writes a record to the clinic whenever it has changed, even if the change came from there. */
    private boolean simpleMinded = true;

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

    /** @return in how many rounds of polling and writing nothing was left to be written */
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

    /** Others edit, and polls happen, in the middle of the CRM's writes, all within a few seconds of the clinic's clock. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void given_others_who_edit_in_the_middle_of_writes_when_it_is_quiet_then_both_sides_are_the_same(long seed) {
        // Else it would mend by writing what it was delivered wrongly.
        simpleMinded = false;
        Random random = new Random(seed);
        Instant begin = Instant.now();
        for (String id : new String[] {"p1", "p2"}) {
            for (String field : FIELDS) {
                clinic.edit(id, field, "0");
            }
        }
        assertThat(roundsUntilQuiet()).isLessThan(8);
        for (int step = 0; step < 60; step++) {
            clinic.at(begin.plusSeconds(step / 20));
            String id = "p" + (1 + random.nextInt(2));
            String field = FIELDS[random.nextInt(FIELDS.length)];
            String value = Integer.toString(random.nextInt(3));
            Ask ask = Ask.values()[random.nextInt(4)];
            Runnable inTheMiddle = () -> {
                clinic.edit(id, field, value);
                if (random.nextBoolean()) {
                    consumer().run();
                }
            };
            switch (random.nextInt(5)) {
                case 0 -> clinic.edit(id, field, value);
                case 1 -> poll();
                case 2 -> clinic.beforeNext(ask, inTheMiddle);
                case 3 -> clinic.afterNext(ask, inTheMiddle);
                default -> {
                    if (changed.isEmpty()) {
                        save(id, field, value);
                    }
                    writeChanges();
                }
            }
        }
        // Whatever is still to happen in the middle of something, happens.
        poll();
        writeChanges();

        assertThat(roundsUntilQuiet()).as("rounds, seed %s", seed).isLessThan(9);
        assertBothAreTheSame("seed " + seed);
    }
}
