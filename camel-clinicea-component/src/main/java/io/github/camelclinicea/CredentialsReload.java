/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.apache.camel.util.StringHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the credentials of a component again when Camel reloads its context, as after the refresh of a vault. A reload
 * creates the endpoints again, but leaves the component as it was configured at the start.
 *
 * <p>Only a credential that came from a property {@code camel.component.clinicea.*} is read again.
 *
 * <p>Specified by {@code KeyReloadTest}.
 */
final class CredentialsReload extends SimpleEventNotifierSupport {
    private static final Logger LOG = LoggerFactory.getLogger(CredentialsReload.class);

    private enum Credential {
        API_KEY("apiKey", CliniceaConfiguration::getApiKey, CliniceaConfiguration::setApiKey),
        USERNAME("username", CliniceaConfiguration::getUsername, CliniceaConfiguration::setUsername),
        PASSWORD("password", CliniceaConfiguration::getPassword, CliniceaConfiguration::setPassword);

        private final String option;
        private final Function<CliniceaConfiguration, String> getter;
        private final BiConsumer<CliniceaConfiguration, String> setter;

        Credential(
                String option,
                Function<CliniceaConfiguration, String> getter,
                BiConsumer<CliniceaConfiguration, String> setter) {
            this.option = option;
            this.getter = getter;
            this.setter = setter;
        }
    }

    /** The component whose credentials are read again; null before its first endpoint. */
    private CliniceaComponent component;
    /** The properties that the credentials came from; null before the first endpoint. */
    private Map<Credential, String> properties;

    private boolean reloading;

    CredentialsReload() {
        setupIgnore(true);
        setIgnoreCamelContextEvents(false);
    }

    @Override
    public boolean isEnabled(CamelEvent event) {
        return event instanceof CamelEvent.CamelContextReloadingEvent
                || event instanceof CamelEvent.CamelContextReloadedEvent
                || event instanceof CamelEvent.CamelContextReloadFailureEvent;
    }

    @Override
    public synchronized void notify(CamelEvent event) {
        reloading = event instanceof CamelEvent.CamelContextReloadingEvent;
        if (!reloading) {
            readAgain();
        }
    }

    /** To be called before an endpoint takes its component's credentials. The component is the same in each call. */
    synchronized void beforeEndpointOf(CliniceaComponent component) {
        this.component = component;
        if (properties == null) {
            properties = new EnumMap<>(Credential.class);
            for (Credential credential : Credential.values()) {
                String present = credential.getter.apply(component.getConfiguration());
                find(credential, present).ifPresent(property -> properties.put(credential, property));
            }
        } else if (reloading) {
            readAgain();
        }
    }

    private Optional<String> find(Credential credential, String value) {
        return value == null
                ? Optional.empty()
                : context().getComponentNames().stream()
                        .filter(name -> context().hasComponent(name) == component)
                        .flatMap(name -> List.of("", "configuration.").stream()
                                .map(group -> "camel.component." + name + "." + group))
                        .flatMap(prefix ->
                                List.of(credential.option, StringHelper.camelCaseToDash(credential.option)).stream()
                                        .map(prefix::concat))
                        .filter(property -> value.equals(read(property)))
                        .findFirst();
    }

    private void readAgain() {
        if (properties != null) {
            properties.forEach((credential, property) -> {
                String value = read(property);
                String before = credential.getter.apply(component.getConfiguration());
                if (value != null && !Objects.equals(value, before)) {
                    credential.setter.accept(component.getConfiguration(), value);
                    LOG.info("The property {} has another value after the reload", property);
                }
            });
        }
    }

    private String read(String property) {
        try {
            return context().getPropertiesComponent().resolveProperty(property).orElse(null);
        } catch (RuntimeException e) {
            LOG.warn(
                    "The property {} cannot be read: {}", property, e.getClass().getName());
            return null;
        }
    }

    private CamelContext context() {
        return component.getCamelContext();
    }
}
