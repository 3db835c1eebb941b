/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets Awaitility check a condition at once, and again after a few milliseconds. By default, each wait of a test takes
 * 100 ms or more. JUnit finds this extension by itself.
 */
public final class ShortWaits implements BeforeAllCallback {
    private static final int STEP_MILLIS = 5;
    private static final int LONGEST_MILLIS = 50;

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(
                (count, previous) -> Duration.ofMillis(Math.min(STEP_MILLIS * count, LONGEST_MILLIS)));
    }
}
