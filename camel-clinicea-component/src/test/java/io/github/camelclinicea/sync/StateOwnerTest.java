/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclinicea.testing.Warnings;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StateOwnerTest {
    private static final SyncIdentity OURS = identity(Set.of());
    private static final Instant CHECKPOINT = Instant.parse("2026-06-01T12:00:00Z");
    private static final List<SyncIdentity> OTHERS = List.of(
            new SyncIdentity("https://other.invalid/api", "patients", "/patients", Set.of(), "very-secret"),
            new SyncIdentity("https://clinic.invalid/api", "bills", "/patients", Set.of(), "very-secret"),
            new SyncIdentity("https://clinic.invalid/api", "patients", "/v2/patients", Set.of(), "very-secret"));

    private final TestRepository repository = new TestRepository(() -> {});
    private final Warnings warnings = new Warnings(StateOwner.class);

    private static SyncIdentity identity(Set<String> statuses) {
        return new SyncIdentity("https://clinic.invalid/api", "patients", "/patients", statuses, "very-secret");
    }

    private static SyncIdentity withCredential(String credential) {
        return new SyncIdentity("https://clinic.invalid/api", "patients", "/patients", Set.of(), credential);
    }

    private StateOwner owner(SyncIdentity identity) {
        return new StateOwner(new RepositoryKeys(repository.new Connection(), 0), "s", identity);
    }

    private void claim(SyncIdentity identity) {
        owner(identity).claim("s=reset");
    }

    private void claim(String... statuses) {
        claim(identity(Set.of(statuses)));
    }

    @AfterEach
    void the_log_is_left_as_it_was() {
        warnings.close();
    }

    private void begin(Instant syncFrom, Instant checkpoint) {
        StateOwner owner = owner(OURS);
        owner.claim("s=reset");
        owner.useSyncFrom(syncFrom, checkpoint);
    }

    @Test
    void given_a_sync_with_a_checkpoint_when_syncFrom_is_another_then_a_warning_at_each_start_says_what_to_do() {
        begin(Instant.EPOCH, null);
        begin(Instant.EPOCH, CHECKPOINT);
        assertThat(warnings.messages()).isEmpty();

        begin(CHECKPOINT.minusSeconds(5), CHECKPOINT);
        begin(null, CHECKPOINT);

        assertThat(warnings.messages()).hasSize(2);
        assertThat(warnings.messages().get(0))
                .contains("s", CHECKPOINT.minusSeconds(5).toString(), CHECKPOINT.toString(), "resetSync", "no effect");
        assertThat(warnings.messages().get(1)).contains("syncFrom=now");
        begin(Instant.EPOCH, CHECKPOINT);
        assertThat(warnings.messages()).hasSize(2);
        assertThat(repository.keys()).allMatch(key -> key.length() <= "s=".length() + 22);
    }

    @Test
    void given_a_sync_without_a_checkpoint_when_syncFrom_is_another_then_it_is_taken() {
        begin(Instant.EPOCH, null);
        begin(null, null);

        begin(null, CHECKPOINT);

        assertThat(warnings.messages()).isEmpty();
    }

    @Test
    void given_a_state_of_an_earlier_version_when_it_has_a_checkpoint_then_syncFrom_is_taken_for_what_it_began_with() {
        claim(OURS);

        begin(Instant.EPOCH, CHECKPOINT);

        assertThat(warnings.messages()).isEmpty();
        begin(null, CHECKPOINT);
        assertThat(warnings.messages()).hasSize(1);
    }

    @Test
    void given_another_syncFrom_when_the_sync_has_begun_again_then_there_is_no_warning() {
        begin(Instant.EPOCH, CHECKPOINT);
        StateOwner owner = owner(OURS);
        owner.claimAnew();
        owner.useSyncFrom(null, null);

        begin(null, CHECKPOINT);

        assertThat(warnings.messages()).isEmpty();
    }

    @Test
    void given_a_state_without_an_owner_when_claimed_then_it_is_taken_over_without_a_word() {
        claim(OURS);

        assertThat(repository.keys()).isNotEmpty().allMatch(key -> key.startsWith("s="));
        assertThat(warnings.messages()).isEmpty();
    }

    @Test
    void given_our_state_when_claimed_again_then_nothing_changes_and_nothing_is_said() {
        claim(OURS);
        Set<String> before = Set.copyOf(repository.keys());

        claim(OURS);

        assertThat(repository.keys()).isEqualTo(before);
        assertThat(warnings.messages()).isEmpty();
    }

    @Test
    void given_our_state_when_another_server_resource_or_path_claims_it_then_it_is_refused_and_no_key_changes() {
        claim(OURS);
        Set<String> before = Set.copyOf(repository.keys());

        for (SyncIdentity other : OTHERS) {
            assertThatThrownBy(() -> claim(other))
                    .as(other.toString())
                    .isInstanceOf(ForeignStateException.class)
                    .hasMessageContaining("syncId 's'")
                    .hasMessageContaining("'" + other.resource() + "'")
                    .hasMessageContaining("a syncId of its own")
                    .hasMessageContaining("resetSync")
                    .hasMessageContaining("'s=reset'");
            assertThat(repository.keys()).as(other.toString()).isEqualTo(before);
        }
        claim(OURS);
        assertThat(warnings.messages()).isEmpty();
    }

    @Test
    void given_our_state_when_another_syncId_is_claimed_then_the_two_know_nothing_of_each_other() {
        claim(OURS);

        new StateOwner(new RepositoryKeys(repository.new Connection(), 0), "t", OTHERS.get(0)).claim("t=reset");

        claim(OURS);
        assertThat(warnings.messages()).isEmpty();
    }

    @Test
    void given_our_state_when_claimed_with_another_credential_then_it_warns_once_and_goes_on() {
        claim(OURS);

        claim(withCredential("another-secret"));

        assertThat(warnings.messages()).singleElement().asString().contains("another credential", "syncId of its own");
        claim(withCredential("another-secret"));
        claim(OURS);
        assertThat(warnings.messages()).as("both are known now").hasSize(1);
    }

    @Test
    void given_some_statuses_when_widened_then_it_warns_once_that_rows_were_left_out() {
        claim("added");

        claim("added", "modified");

        assertThat(warnings.messages())
                .singleElement()
                .asString()
                .contains("statuses was widened", "stay left out", "resetSync");
        claim("modified", "added");
        assertThat(warnings.messages()).hasSize(1);
    }

    @Test
    void given_some_statuses_when_widened_to_all_then_it_warns() {
        claim("added", "modified", "deleted", "none");

        claim();

        assertThat(warnings.messages()).hasSize(1);
    }

    @Test
    void given_all_statuses_when_narrowed_then_it_does_not_warn_but_does_when_widened_again() {
        claim();
        claim("added", "modified");
        claim("added");
        assertThat(warnings.messages()).isEmpty();

        claim("added", "modified");
        assertThat(warnings.messages()).hasSize(1);
        claim();
        assertThat(warnings.messages()).hasSize(2);
    }

    @Test
    void given_some_statuses_when_replaced_by_others_then_it_warns() {
        claim("added");

        claim("deleted");

        assertThat(warnings.messages()).hasSize(1);
    }

    @Test
    void given_anothers_state_when_claimed_anew_then_it_is_ours_and_the_other_is_refused() {
        for (SyncIdentity other : OTHERS) {
            claim(OURS);
            owner(other).claimAnew();

            claim(other);
            assertThatThrownBy(() -> claim(OURS)).isInstanceOf(ForeignStateException.class);
            owner(OURS).claimAnew();
        }
        assertThat(warnings.messages()).isEmpty();
    }

    @Test
    void given_our_state_when_claimed_anew_with_more_statuses_and_another_credential_then_nothing_is_left_out() {
        claim("added");
        SyncIdentity renewed = withCredential("another-secret");
        owner(renewed).claimAnew();

        claim(renewed);

        assertThat(warnings.messages()).isEmpty();
        claim(OURS);
        assertThat(warnings.messages())
                .as("the credential from before the reset")
                .hasSize(1);
    }

    @Test
    void given_a_crash_at_any_call_when_claimed_again_then_the_state_is_ours_without_a_word() {
        for (int calls = 0; calls < 12; calls++) {
            repository.keys().clear();
            TestRepository.Connection connection = repository.new Connection();
            connection.crashAfter(calls);
            try {
                new StateOwner(new RepositoryKeys(connection, 0), "s", OURS).claim("s=reset");
            } catch (TestRepository.Crash e) {
                assertThat(connection.isDead()).isTrue();
            }

            claim(OURS);
            assertThatThrownBy(() -> claim(OTHERS.get(0))).isInstanceOf(ForeignStateException.class);
        }
        assertThat(warnings.messages()).isEmpty();
    }

    @Test
    void given_no_identity_when_claimed_then_nothing_is_asked_or_kept() {
        TestRepository.Connection connection = repository.new Connection();
        StateOwner nobody = new StateOwner(new RepositoryKeys(connection, 0), "s", null);

        nobody.claim("s=reset");
        nobody.claimAnew();

        assertThat(connection.calls()).isZero();
    }

    @Test
    void given_any_claim_when_keys_messages_and_texts_are_read_then_nothing_of_server_path_or_credential_is_in_them() {
        claim("added");
        claim(withCredential("another-secret"));
        String[] secrets = {"secret", "clinic", "invalid", "/"};

        assertThat(String.join(" ", repository.keys()))
                .doesNotContain("patients")
                .doesNotContain(secrets);
        assertThat(String.join(" ", warnings.messages()))
                .isNotEmpty()
                .doesNotContain(secrets[0], "https:", "clinic.invalid", "/patients");
        assertThatThrownBy(() -> claim(OTHERS.get(2)))
                .message()
                .doesNotContain(secrets[0], "https:", "clinic.invalid", "/v2", "/patients");
        assertThat(OURS.toString()).doesNotContain(secrets);
    }

    @Test
    void given_the_longest_syncId_when_claimed_then_each_key_fits_a_column_of_100() {
        String longest = "s".repeat(SyncSettings.LONGEST_SYNC_ID);

        new StateOwner(new RepositoryKeys(repository.new Connection(), 0), longest, OURS).claim(longest + "=reset");

        assertThat(repository.keys()).isNotEmpty().allMatch(key -> key.length() <= 100);
    }
}
