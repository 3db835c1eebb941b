/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.catalog.Catalogue;
import io.github.camelclinicea.catalog.ChangeList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListCorrectionsTest {
    private static final ChangeList PATIENTS =
            Catalogue.shipped().resource("patients").orElseThrow().changes();

    private final SinceFamily family = new SinceFamily(PATIENTS.since());
    private final ListFindings list = new ListFindings("patients", PATIENTS, List.of(PATIENTS.path()), family);

    private void findAnotherWay() {
        SinceChoice other = SinceChoice.alone("lastSyncDate", SinceFormat.Z);
        family.note(family.documented(), Effect.IGNORED);
        family.note(other, Effect.RESPECTED);
        family.gotRows(other);
    }

    @Test
    void given_a_family_with_another_way_when_a_list_was_not_seen_then_it_gets_the_way_of_the_family() {
        findAnotherWay();

        assertThat(new ListCorrections(list).all()).containsKeys("syncParameter", "timestampFormat");
    }

    @Test
    void given_a_family_with_another_way_when_the_list_respected_the_documented_one_then_no_option_is_set() {
        list.since(family.documented(), Effect.RESPECTED);
        findAnotherWay();

        assertThat(new ListCorrections(list).all()).isEmpty();
    }

    @Test
    void given_a_family_with_another_way_when_the_list_respected_that_then_it_gets_it() {
        findAnotherWay();
        list.since(family.best(), Effect.RESPECTED);

        assertThat(new ListCorrections(list).all()).containsKeys("syncParameter", "timestampFormat");
    }
}
