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
 * Starts a {@link CliniceaSandbox} for a JUnit 5 test and closes it afterwards.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final CliniceaSandboxExtension clinicea = CliniceaSandboxExtension.create();
 * }</pre>
 *
 * <p>In a static field, one sandbox serves all tests of the class, nested ones included, and changes to the clinic
 * stay. In a field that is not static, every test has its own sandbox. {@code @ExtendWith} uses the default settings. A
 * test's parameter of type {@link CliniceaSandbox} receives the sandbox.
 */
public final class CliniceaSandboxExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
    private final CliniceaSandbox.Builder builder;
    private CliniceaSandbox sandbox;
    // JUnit calls a static extension of a class again for each of its nested classes; the last call closes the sandbox.
    private int classes;

    /** Creates an extension with the default settings, for {@code @ExtendWith}. */
    public CliniceaSandboxExtension() {
        this(CliniceaSandbox.builder());
    }

    private CliniceaSandboxExtension(CliniceaSandbox.Builder builder) {
        this.builder = Objects.requireNonNull(builder, "builder");
    }

    /** {@return an extension with the default settings} */
    public static CliniceaSandboxExtension create() {
        return new CliniceaSandboxExtension();
    }

    /**
     * {@return an extension with the given settings}
     *
     * @param builder the settings, not null
     */
    public static CliniceaSandboxExtension with(CliniceaSandbox.Builder builder) {
        return new CliniceaSandboxExtension(builder);
    }

    /**
     * {@return the sandbox's address, without a slash at the end}
     *
     * @throws IllegalStateException before and after the tests, when no sandbox runs
     */
    public String baseUrl() {
        return sandbox().baseUrl();
    }

    /**
     * {@return the API key that the sandbox accepts}
     *
     * @throws IllegalStateException before and after the tests, when no sandbox runs
     */
    public String apiKey() {
        return sandbox().apiKey();
    }

    /**
     * {@return the clinic that the sandbox serves}
     *
     * @throws IllegalStateException before and after the tests, when no sandbox runs
     */
    public Clinic clinic() {
        return sandbox().clinic();
    }

    /**
     * {@return the running sandbox}
     *
     * @throws IllegalStateException before and after the tests, when no sandbox runs
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
