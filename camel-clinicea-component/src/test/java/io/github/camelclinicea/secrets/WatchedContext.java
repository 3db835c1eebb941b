/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Route;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;

/** Is a context that keeps as much of its exchanges as Camel can, and searches everything that is visible in it. */
final class WatchedContext implements AutoCloseable {
    private static final String OURS = "io.github.camelclinicea.";

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final CanaryWatch watch;
    private int attributes;
    private int objects;

    WatchedContext(CanaryWatch watch) {
        this.watch = watch;
        camel.setUseMDCLogging(true);
        camel.setMessageHistory(true);
        camel.setSourceLocationEnabled(true);
        camel.getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                watch.look("event " + event.getType(), event);
                if (event instanceof CamelEvent.FailureEvent failure) {
                    watch.look("cause of event " + event.getType(), failure.getCause());
                }
            }

            @Override
            public boolean isEnabled(CamelEvent event) {
                return true;
            }
        });
    }

    DefaultCamelContext camel() {
        return camel;
    }

    /** Searches an exchange, except its body and the header with the arguments of a producer. */
    void look(Exchange exchange) {
        watch.look("exchange", exchange);
        Message message = exchange.getMessage();
        watch.look("message", message);
        message.getHeaders().forEach((name, value) -> {
            if (!name.equals("CamelCliniceaParameters")) {
                watch.look("header " + name, value);
            }
        });
        exchange.getAllProperties().forEach((name, value) -> watch.look("property " + name, value));
        watch.look("exception", exchange.getException());
    }

    /** Searches health, JMX, and the texts of all the component's objects that the context can reach. */
    void inspect() throws JMException {
        HealthCheckHelper.invoke(camel).forEach(result -> {
            String check = "health check " + result.getCheck().getId();
            watch.look(check, result);
            watch.look(check, result.getMessage());
            watch.look(check, result.getError().orElse(null));
            watch.look(check, result.getDetails());
        });
        MBeanServer server = camel.getManagementStrategy().getManagementAgent().getMBeanServer();
        ObjectName all = new ObjectName("org.apache.camel:context=" + camel.getManagementName() + ",*");
        for (ObjectName name : server.queryNames(all, null)) {
            watch.look("MBean", name);
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                attributes++;
                watch.look(attribute.getName() + " of " + name, server.getAttribute(name, attribute.getName()));
            }
        }
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        camel.getComponentNames().forEach(name -> walk(camel.getComponent(name), seen));
        for (Endpoint endpoint : camel.getEndpoints()) {
            watch.look("endpoint", endpoint);
            walk(endpoint, seen);
        }
        for (Route route : camel.getRoutes()) {
            watch.look("route", route);
            walk(route.getConsumer(), seen);
            walk(route.getServices(), seen);
        }
    }

    /**
     * Searches a last time, and stops.
     *
     * @param printers loggers that must have shown canaries, as proof that there were any
     */
    void assertNothingSeen(String... printers) throws JMException {
        inspect();
        close();
        assertThat(attributes).as("MBean attributes looked at").isGreaterThan(200);
        assertThat(objects).as("objects of the component looked at").isGreaterThan(20);
        assertThat(watch.hits()).isEmpty();
        assertThat(watch.hitsLeftOut()).containsExactlyInAnyOrder(printers);
    }

    private void walk(Object object, Set<Object> seen) {
        if (object == null || !seen.add(object)) {
            return;
        }
        if (object instanceof Map<?, ?> map) {
            walk(map.keySet(), seen);
            walk(map.values(), seen);
        } else if (object instanceof Iterable<?> things) {
            copy(things).forEach(thing -> walk(thing, seen));
        } else if (object.getClass().getName().startsWith(OURS)) {
            objects++;
            watch.look("text of a " + object.getClass().getName(), object);
            for (Class<?> type = object.getClass(); type.getName().startsWith(OURS); type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers())
                            && !field.getType().isPrimitive()) {
                        walk(value(field, object), seen);
                    }
                }
            }
        }
    }

    /** Returns a copy of a collection that the component's threads may change, under their lock. */
    private static List<Object> copy(Iterable<?> things) {
        for (int tries = 1; ; tries++) {
            try {
                List<Object> copy = new ArrayList<>();
                things.forEach(copy::add);
                return copy;
            } catch (ConcurrentModificationException e) {
                if (tries == 100) {
                    throw e;
                }
            }
        }
    }

    private static Object value(Field field, Object object) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        camel.stop();
    }
}
