/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Checks that this release of Camel has every type, method and field that the jar refers to, also in code that no test
 * runs.
 */
class LinkageIT {
    private static final Path JAR = Path.of(System.getProperty("lane.component.jar"));

    /** The packages of the jars that a lane may lack, by the name of the jar. */
    private static final Map<String, List<String>> OPTIONAL = Map.of(
            "management", List.of("org.apache.camel.management"),
            "quartz", List.of("org.apache.camel.pollconsumer.quartz"),
            "sql", List.of("org.apache.camel.component.sql", "org.apache.camel.processor.idempotent.jdbc"),
            "telemetry", List.of("org.apache.camel.telemetry"));

    /** The methods of Object, which every interface has without a declaration. */
    private static final Set<String> OF_EVERY_OBJECT =
            Arrays.stream(Object.class.getMethods()).map(Method::getName).collect(Collectors.toSet());

    @Test
    void given_the_jar_when_linked_with_this_release_then_each_method_field_and_type_of_camel_is_there()
            throws Exception {
        JavaClasses component = new ClassFileImporter()
                .importLocations(List.of(Location.of(JAR.toUri().toURL())));
        Set<String> used = new HashSet<>();
        Set<String> missing = new HashSet<>();

        for (JavaClass ours : component) {
            for (JavaAccess<?> access : ours.getAccessesFromSelf()) {
                if (isOfCamel(access.getTargetOwner()) && !OF_EVERY_OBJECT.contains(access.getName())) {
                    used.add(access.getTarget().getFullName());
                    if (access.getTarget().resolveMember().isEmpty()) {
                        missing.add(access.getTarget().getFullName());
                    }
                }
            }
            ours.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(type -> isOfCamel(type) && !isThere(type))
                    .forEach(type -> missing.add(type.getName()));
        }

        assertThat(used).hasSizeGreaterThan(100);
        assertThat(missing).isEmpty();
    }

    private static boolean isOfCamel(JavaClass type) {
        return type.getPackageName().startsWith("org.apache.camel") && !isLeftOut(type);
    }

    private static boolean isThere(JavaClass type) {
        return LinkageIT.class.getResource("/" + type.getName().replace('.', '/') + ".class") != null;
    }

    private static boolean isLeftOut(JavaClass type) {
        return OPTIONAL.entrySet().stream()
                .filter(jar -> Boolean.getBoolean("lane.without." + jar.getKey()))
                .flatMap(jar -> jar.getValue().stream())
                .anyMatch(name -> type.getPackageName().startsWith(name));
    }
}
