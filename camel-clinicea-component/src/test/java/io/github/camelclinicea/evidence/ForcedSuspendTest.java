/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.evidence;

import static io.github.camelclinicea.testing.ListedRow.LONG_AGO;
import static io.github.camelclinicea.testing.ListedRow.patients;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.CliniceaConstants;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Route;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.support.service.ServiceHelper;
import org.junit.jupiter.api.Test;

class ForcedSuspendTest extends EvidenceTestBase {
    private final CountDownLatch end = new CountDownLatch(1);

    @Test
    void given_a_suspend_that_became_a_forced_stop_when_resumed_then_polling_goes_on_or_health_is_down()
            throws Exception {
        suspendByForceAndResume();

        assertPollingGoesOn();
    }

    /** Camel interrupts its task when it forces the suspend. The task may then suspend the consumer a second time. */
    @Test
    void given_a_forced_suspend_that_ends_only_after_the_resume_when_it_ends_then_polling_goes_on() throws Exception {
        server.add(patients(0, 5, LONG_AGO));
        route.start("patients", "healthCheckStaleAfter=500");
        Route sync = route.camel().getRoute("sync");
        ServiceHelper.stopService(sync.getConsumer());
        sync.getRoutePolicyList().forEach(policy -> policy.onResume(sync));

        Thread late = new Thread(() -> {
            Thread.currentThread().interrupt();
            ServiceHelper.suspendService(sync.getConsumer());
        });
        late.start();
        late.join();

        assertPollingGoesOn();
    }

    private void suspendByForceAndResume() throws Exception {
        server.add(patients(0, 5, LONG_AGO));
        route.working(exchange -> {
            if ("p3".equals(exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID))) {
                end.await();
            }
        });
        route.start("patients", "healthCheckStaleAfter=500");
        await().atMost(Duration.ofSeconds(10)).until(() -> route.timesEmitted("p3") == 1);

        route.camel().getRouteController().suspendRoute("sync", 300, TimeUnit.MILLISECONDS);
        end.countDown();
        route.camel().getRouteController().resumeRoute("sync");
    }

    private void assertPollingGoesOn() {
        int asked = server.requestCount();
        await().atMost(Duration.ofSeconds(8))
                .until(() -> server.requestCount() > asked + 2 || route.health() == HealthCheck.State.DOWN);
        assertThat(route.camel().getRouteController().getRouteStatus("sync").isStarted())
                .isTrue();
    }
}
