/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.cli.Account;
import io.github.camelclinicea.cli.Output;
import io.github.camelclinicea.cli.StopSignal;
import io.github.camelclinicea.sandbox.Clinic;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

class FollowTest {
    @TempDir
    Path folder;

    private final StringWriter printed = new StringWriter();
    private final Output out = new Output(new PrintWriter(printed), false);
    private final ChangedRecords changed = new ChangedRecords();
    private final CliniceaSandbox account =
            CliniceaSandbox.builder().patients(30).appointments(5).bills(20).start();
    private final Clinic clinic = account.clinic();
    private final StopSignal stop = new StopSignal();
    private MirrorDatabase database;
    private Mirror mirror;
    private JdbcTemplate jdbc;

    @BeforeEach
    void follow() throws Exception {
        ListOptions options = ListOptions.parse(List.of(), List.of());
        SandboxClinic.addOptions(options);
        MirrorSettings settings = new MirrorSettings(
                List.of(new Mirrored("patients"), Mirrored.BILLS), options, "20", MirrorSettings.OF_AN_ACCOUNT);
        database = MirrorDatabase.open(DatabaseAddress.ofFile(folder.resolve("clinic")), settings);
        jdbc = new JdbcTemplate(database.dataSource());
        FollowedPolls followed = new FollowedPolls(database, changed, out);
        mirror = new Mirror(
                database,
                new Account(account.baseUrl(), account.apiKey(), null, null),
                settings,
                new Progress(out),
                stop,
                changed,
                followed);
        mirror.awaitPolls(1);
        settings.resources().forEach(followed::updateFields);
    }

    @AfterEach
    void stop() {
        stop.close();
        mirror.close();
        database.close();
        account.close();
    }

    @Test
    void given_a_followed_mirror_when_records_change_then_their_fields_follow_and_a_line_says_so() {
        assertThat(count("mirror_patients_fields")).isEqualTo(30);
        String id = clinic.ids("patients").get(3);

        clinic.change("patients", id, Map.of("City", "Elsewhere", "Nickname", "Zoë"));
        clinic.delete("patients", clinic.ids("patients").get(0));
        clinic.add("patients");
        clinic.add("patients");

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(count("mirror_patients_fields")).isEqualTo(31);
            assertThat(count("mirror_patients_fields WHERE City = 'Elsewhere' AND Nickname = 'Zoë'"))
                    .isEqualTo(1);
        });
        assertThat(printed.toString()).containsPattern("\\d\\d:\\d\\d:\\d\\d  patients +\\d rows, checkpoint 20");
    }

    @Test
    void given_a_followed_mirror_when_a_bill_is_deleted_then_it_leaves_the_fields_too() {
        assertThat(count("mirror_bills_fields")).isEqualTo(20);

        clinic.delete("bills", clinic.ids("bills").get(0));

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(count("mirror_bills")).as(printed.toString()).isEqualTo(19);
            assertThat(count("mirror_bills_fields")).isEqualTo(19);
        });
    }

    @Test
    void given_a_field_table_that_cannot_be_written_when_it_can_again_then_all_records_are_in_it() {
        jdbc.execute("ALTER TABLE mirror_patients_fields RENAME TO taken_away");
        jdbc.execute("CREATE TABLE mirror_patients_fields (other INTEGER)");
        clinic.add("patients");
        await().atMost(Duration.ofSeconds(20)).until(() -> count("mirror_patients") == 31);

        // While the mirror adds a column, H2 does not find the table.
        await().ignoreExceptions().untilAsserted(() -> jdbc.execute("DROP TABLE mirror_patients_fields"));
        clinic.add("patients");

        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(count("mirror_patients_fields WHERE City IS NOT NULL"))
                        .isEqualTo(32));
    }

    private int count(String rows) {
        return jdbc.queryForObject("SELECT COUNT(*) FROM " + rows, Integer.class);
    }
}
