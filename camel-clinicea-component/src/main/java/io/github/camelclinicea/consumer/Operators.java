/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.Principal;
import java.util.stream.Collectors;
import javax.security.auth.Subject;

/**
 * Finds out who calls an operation by JMX. A JMX connector that asks for a name and a password runs the call as a
 * {@link Subject}.
 *
 * <p>Specified by {@code SyncOperationsTest}.
 */
final class Operators {
    private Operators() {}

    /** Returns the names of the present subject; null if there is none, or it has no name. */
    static String current() {
        Subject subject = subject();
        if (subject == null) {
            return null;
        }
        String names = subject.getPrincipals().stream().map(Principal::getName).collect(Collectors.joining(", "));
        return names.isEmpty() ? null : names;
    }

    /** Asks by reflection: Java 18 has another method for it than Java 17, whose own one fails since Java 24. */
    private static Subject subject() {
        try {
            return (Subject) Subject.class.getMethod("current").invoke(null);
        } catch (NoSuchMethodException e) {
            return subjectOfJava17();
        } catch (IllegalAccessException | InvocationTargetException e) {
            return null;
        }
    }

    private static Subject subjectOfJava17() {
        try {
            Class<?> contextType = Class.forName("java.security.AccessControlContext");
            Object context = Class.forName("java.security.AccessController")
                    .getMethod("getContext")
                    .invoke(null);
            Method method = Subject.class.getMethod("getSubject", contextType);
            return (Subject) method.invoke(null, context);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }
}
