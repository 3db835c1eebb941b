/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.observe;

import io.github.camelclinicea.producer.OperationStatistics;
import java.util.Map;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;

/**
 * Reports whether producers could use Clinicea when they called it last. The check sends nothing itself. It is DOWN
 * after a call that failed by its credentials, the connection or the server, and UP after the next success.
 */
final class CliniceaProducerHealthCheck implements HealthCheck {
    private final OperationStatistics statistics;
    private final String id;
    private volatile boolean enabled = true;

    /** @param statistics the calls of the producers of one resource with one credential */
    CliniceaProducerHealthCheck(OperationStatistics statistics) {
        this.statistics = statistics;
        this.id = "producer:clinicea-" + statistics.resource() + "@" + statistics.credential();
    }

    @Override
    public Result call(Map<String, Object> options) {
        HealthCheckResultBuilder builder = HealthCheckResultBuilder.on(this)
                .detail(CHECK_KIND, options.getOrDefault(CHECK_KIND, Kind.ALL))
                .detail(CHECK_ID, id)
                .detail(CHECK_GROUP, getGroup())
                .detail("clinicea.resource", statistics.resource());
        if (!enabled) {
            return builder.detail(CHECK_ENABLED, false)
                    .message("Disabled")
                    .unknown()
                    .build();
        }
        OperationStatistics.Outage outage = statistics.outage();
        if (outage == null) {
            return builder.up().build();
        }
        if (outage.status() > 0) {
            builder.detail(HTTP_RESPONSE_CODE, outage.status());
        }
        return builder.detail("clinicea.operation", outage.operation())
                .detail("clinicea.failingSince", outage.since().toString())
                .detail("clinicea.failures", outage.failures())
                .message("The last call of " + statistics.resource() + " " + outage.operation() + " failed: "
                        + (outage.status() > 0 ? "Clinicea responded with " + outage.status() : "no response came")
                        + ". Failures since the last success: " + outage.failures() + ", since " + outage.since())
                .down()
                .build();
    }

    @Override
    public boolean isEnabled() {
        return enabled;
    }

    @Override
    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    @Override
    public String getGroup() {
        return "camel";
    }

    @Override
    public String getId() {
        return id;
    }
}
