/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineTestKit;

class CliniceaSandboxExtensionTest {
    private static final List<CliniceaSandbox> SEEN = new ArrayList<>();
    private static final List<Integer> STATUSES = new ArrayList<>();

    @BeforeEach
    void forget() {
        SEEN.clear();
        STATUSES.clear();
    }

    @ParameterizedTest
    @ValueSource(classes = {StaticField.class, ByAnnotation.class})
    void givenOneForTheClass_whenItsTestsRun_thenAllShareASandboxThatIsClosedAfterwards(Class<?> tests) {
        run(tests);
        assertThat(SEEN).hasSize(3).containsOnly(SEEN.get(0));
        assertThat(STATUSES).containsOnly(200);
        assertThat(SEEN.get(0).wireMock().isRunning()).isFalse();
    }

    @Test
    void givenOneForEachTest_whenTheyRun_thenEachHasItsOwnAndAllAreClosed() {
        run(InstanceField.class);
        assertThat(SEEN).hasSize(3).doesNotHaveDuplicates();
        assertThat(STATUSES).containsOnly(200);
        assertThat(SEEN)
                .allSatisfy(
                        sandbox -> assertThat(sandbox.wireMock().isRunning()).isFalse());
    }

    @Test
    void givenItsTestsAreOver_whenAccessed_thenItSaysThatNothingRuns() {
        CliniceaSandboxExtension extension = CliniceaSandboxExtension.create();
        assertThatIllegalStateException().isThrownBy(extension::baseUrl);
        extension.beforeEach(null);
        assertThat(extension.baseUrl()).isEqualTo(extension.sandbox().baseUrl());
        assertThat(extension.apiKey()).isEqualTo(extension.sandbox().apiKey());
        assertThat(extension.clinic()).isSameAs(extension.sandbox().clinic());
        extension.afterEach(null);
        assertThatIllegalStateException().isThrownBy(extension::clinic);
    }

    private static void run(Class<?> tests) {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(tests))
                .execute()
                .testEvents()
                .assertStatistics(counts -> counts.started(3).succeeded(3));
    }

    private static void note(CliniceaSandbox sandbox) {
        SEEN.add(sandbox);
        STATUSES.add(new Caller(sandbox)
                .get("/api/v1/patients?intPageNo=0&lastSyncDate=" + Caller.EVER)
                .statusCode());
    }

    static class StaticField {
        @RegisterExtension
        static final CliniceaSandboxExtension clinicea =
                CliniceaSandboxExtension.with(CliniceaSandbox.builder().patients(5));

        @Test
        void first(CliniceaSandbox sandbox) {
            assertThat(sandbox).isSameAs(clinicea.sandbox());
            note(sandbox);
        }

        @Nested
        class Inside {
            @Test
            void second() {
                assertThat(clinicea.clinic().ids("patients")).hasSize(5);
                note(clinicea.sandbox());
            }
        }

        @Nested
        class InsideToo {
            @Test
            void third() {
                note(clinicea.sandbox());
            }
        }
    }

    static class InstanceField {
        @RegisterExtension
        final CliniceaSandboxExtension clinicea = CliniceaSandboxExtension.create();

        @Test
        void first() {
            note(clinicea.sandbox());
        }

        @Test
        void second(CliniceaSandbox sandbox) {
            note(sandbox);
        }

        @Nested
        class Inside {
            @Test
            void third() {
                note(clinicea.sandbox());
            }
        }
    }

    @ExtendWith(CliniceaSandboxExtension.class)
    static class ByAnnotation {
        private final CliniceaSandbox injected;

        ByAnnotation(CliniceaSandbox injected) {
            this.injected = injected;
        }

        @Test
        void first() {
            note(injected);
        }

        @Test
        void second() {
            note(injected);
        }

        @Test
        void third(CliniceaSandbox sandbox) {
            note(sandbox);
        }
    }
}
