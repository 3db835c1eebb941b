/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import java.util.Objects;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A {@link CliniceaSandbox} for a JUnit 5 test.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final CliniceaSandboxExtension clinicea = CliniceaSandboxExtension.create();
 * }</pre>
 *
 * <p>In a static field one sandbox serves all tests of the class, nested ones too, and what a test does to the clinic stays.
 * In a field that is not static every test has its own. {@code @ExtendWith} works as well, with the defaults. Either way a
 * parameter of type {@link CliniceaSandbox} is filled in.
 */
public final class CliniceaSandboxExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
    private final CliniceaSandbox.Builder builder;
    private CliniceaSandbox sandbox;
    // JUnit calls a static extension of a class again for each of its nested classes; the last to leave closes.
    private int classes;

    /** For {@code @ExtendWith}: a sandbox with the default settings. */
    public CliniceaSandboxExtension() {
        this(CliniceaSandbox.builder());
    }

    private CliniceaSandboxExtension(CliniceaSandbox.Builder builder) {
        this.builder = Objects.requireNonNull(builder, "builder");
    }

    /** @return an extension with the default settings */
    public static CliniceaSandboxExtension create() {
        return new CliniceaSandboxExtension();
    }

    /**
     * @param builder the settings, not null
     * @return an extension that starts such a sandbox
     */
    public static CliniceaSandboxExtension with(CliniceaSandbox.Builder builder) {
        return new CliniceaSandboxExtension(builder);
    }

    /**
     * @return where the sandbox is, without a slash at the end
     * @throws IllegalStateException if it does not run: before and after the tests
     */
    public String baseUrl() {
        return sandbox().baseUrl();
    }

    /**
     * @return the API key it wants
     * @throws IllegalStateException if it does not run: before and after the tests
     */
    public String apiKey() {
        return sandbox().apiKey();
    }

    /**
     * @return what it serves
     * @throws IllegalStateException if it does not run: before and after the tests
     */
    public Clinic clinic() {
        return sandbox().clinic();
    }

    /**
     * @return the running sandbox
     * @throws IllegalStateException if it does not run: before and after the tests
     */
    public synchronized CliniceaSandbox sandbox() {
        if (sandbox == null) {
            throw new IllegalStateException("the sandbox runs only during the tests");
        }
        return sandbox;
    }

    @Override
    public synchronized void beforeAll(ExtensionContext context) {
        classes++;
        startUnlessRunning();
    }

    @Override
    public synchronized void beforeEach(ExtensionContext context) {
        startUnlessRunning();
    }

    @Override
    public synchronized void afterEach(ExtensionContext context) {
        if (classes == 0) {
            stop();
        }
    }

    @Override
    public synchronized void afterAll(ExtensionContext context) {
        if (--classes == 0) {
            stop();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == CliniceaSandbox.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return sandbox();
    }

    private void startUnlessRunning() {
        if (sandbox == null) {
            sandbox = builder.start();
        }
    }

    private void stop() {
        sandbox.close();
        sandbox = null;
    }
}
