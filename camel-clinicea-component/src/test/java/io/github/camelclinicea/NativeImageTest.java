/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.camelclinicea.catalog.Catalogue;
import io.github.camelclinicea.catalog.Resource;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.camel.spi.ClassResolver;
import org.junit.jupiter.api.Test;

/** Checks that the metadata for GraalVM's native-image has everything that the component finds by name. */
class NativeImageTest {
    private static final String METADATA = "META-INF/native-image/io.github.camelclinicea/camel-clinicea-component/";
    private static final Set<String> LOOK_UPS = Set.of(
            "forName",
            "loadClass",
            "getResource",
            "getResourceAsStream",
            "getResources",
            "resolveClass",
            "resolveMandatoryClass",
            "loadResourceAsStream",
            "loadClassAsStream");

    @Test
    void given_the_records_of_the_catalogue_when_jackson_binds_them_then_reflection_is_registered_for_each()
            throws Exception {
        Set<String> bound = new TreeSet<>();
        addTypes(Resource.class, bound);
        Set<String> registered = new TreeSet<>();
        for (JsonNode entry : entries()) {
            if (entry.path("allDeclaredConstructors").asBoolean()) {
                registered.add(entry.path("name").asText());
                assertThat(entry.path("allDeclaredMethods").asBoolean()).isTrue();
                assertThat(entry.path("allDeclaredFields").asBoolean()).isTrue();
                assertThat(entry.path("allRecordComponents").asBoolean())
                        .as(entry.toString())
                        .isEqualTo(Class.forName(entry.path("name").asText()).isRecord());
            }
        }

        assertThat(bound).contains("io.github.camelclinicea.catalog.Argument$Place");
        assertThat(registered).isEqualTo(bound);
    }

    @Test
    void given_the_files_below_meta_inf_services_when_camel_reads_them_then_each_class_has_its_constructor_registered()
            throws Exception {
        Set<String> named = new TreeSet<>();
        for (Path file : files("META-INF/services")) {
            if (file.toString().contains("META-INF/services/org/")) {
                Properties properties = new Properties();
                try (var text = Files.newBufferedReader(file)) {
                    properties.load(text);
                }
                if (properties.containsKey("class")) {
                    named.add(properties.getProperty("class"));
                }
            } else {
                Files.readAllLines(file).stream()
                        .filter(line -> !line.isBlank())
                        .forEach(named::add);
            }
        }
        Set<String> registered = StreamSupport.stream(entries().spliterator(), false)
                .filter(entry -> entry.toString().contains("<init>"))
                .map(entry -> entry.path("name").asText())
                .filter(name -> name.startsWith("io.github.camelclinicea"))
                .collect(toCollection(TreeSet::new));

        assertThat(named).hasSizeGreaterThan(6);
        assertThat(registered).isEqualTo(named);
    }

    @Test
    void given_each_registered_class_when_loaded_then_it_has_the_registered_members() throws Exception {
        for (JsonNode entry : entries()) {
            Class<?> type = Class.forName(entry.path("name").asText());
            for (JsonNode method : entry.path("methods")) {
                if (method.path("name").asText().equals("<init>")) {
                    assertThat(type.getDeclaredConstructor()).isNotNull();
                } else if (!type.getName().equals("javax.security.auth.Subject")) {
                    // Of the two methods of Subject, one is new in Java 18 and the other one is to go.
                    assertThat(type.getMethods())
                            .anyMatch(found ->
                                    found.getName().equals(method.path("name").asText()));
                }
            }
        }
    }

    @Test
    void given_the_resources_of_the_jar_when_matched_with_the_patterns_then_each_one_read_by_name_is_included()
            throws Exception {
        List<Pattern> patterns = new ArrayList<>();
        for (JsonNode include : json("resource-config.json").at("/resources/includes")) {
            patterns.add(Pattern.compile(include.path("pattern").asText()));
        }
        List<String> resources = new ArrayList<>();
        for (String folder : List.of("META-INF/services", "META-INF/io", "META-INF/org", "io", "kamelets")) {
            for (Path file : files(folder)) {
                String name = root().relativize(file).toString().replace('\\', '/');
                // Maven's plug-ins and IDEs read the files of properties, a running Camel does not.
                if (!name.endsWith(".class") && !name.endsWith(".properties")) {
                    resources.add(name);
                }
            }
        }

        assertThat(resources)
                .contains("io/github/camelclinicea/catalog/catalogue.json", "kamelets/clinicea-sink.kamelet.yaml")
                .allSatisfy(name -> assertThat(patterns)
                        .as(name)
                        .anyMatch(pattern -> pattern.matcher(name).matches()));
        assertThat(patterns)
                .allSatisfy(pattern -> assertThat(resources)
                        .as(pattern.pattern())
                        .anyMatch(name -> pattern.matcher(name).matches()));
    }

    /** A new class here needs a look at the metadata. */
    @Test
    void given_all_classes_when_their_calls_are_listed_then_only_known_ones_look_a_class_or_a_resource_up_by_name()
            throws Exception {
        JavaClasses classes = new ClassFileImporter().importPath(root());

        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(Catalogue.class.getName() + "$Shipped")
                .and()
                // The classes of Spring that it looks up are registered.
                .doNotHaveFullyQualifiedName("io.github.camelclinicea.consumer.TransactionPolicies")
                .and()
                // So are those of Java.
                .doNotHaveFullyQualifiedName("io.github.camelclinicea.consumer.Operators")
                .and()
                // And those of Quartz.
                .doNotHaveFullyQualifiedName("io.github.camelclinicea.ScheduleOptions")
                .and()
                // The class of a user's option.
                .doNotHaveFullyQualifiedName(CliniceaEndpoint.class.getName())
                .should()
                .callMethodWhere(describe("it finds a class or a resource by name", NativeImageTest::looksUp))
                .check(classes);
    }

    private static boolean looksUp(JavaMethodCall call) {
        return LOOK_UPS.contains(call.getName())
                && (call.getTargetOwner().isEquivalentTo(Class.class)
                        || call.getTargetOwner().isAssignableTo(ClassLoader.class)
                        || call.getTargetOwner().isAssignableTo(ClassResolver.class));
    }

    /** Adds the types that a JSON value of a type is bound to: records, enums, and classes with a factory method. */
    private static void addTypes(Type type, Set<String> names) {
        if (type instanceof ParameterizedType parameterized) {
            for (Type argument : parameterized.getActualTypeArguments()) {
                addTypes(argument, names);
            }
        } else if (type instanceof Class<?> ours
                && ours.getName().startsWith("io.github.camelclinicea")
                && names.add(ours.getName())
                && ours.isRecord()) {
            for (RecordComponent component : ours.getRecordComponents()) {
                addTypes(component.getGenericType(), names);
            }
        }
    }

    private static JsonNode entries() throws IOException, URISyntaxException {
        return json("reflect-config.json");
    }

    private static JsonNode json(String file) throws IOException, URISyntaxException {
        return new ObjectMapper().readTree(root().resolve(METADATA + file).toFile());
    }

    private static List<Path> files(String folder) throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.walk(root().resolve(folder))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** Returns the folder of the component's classes. */
    private static Path root() throws URISyntaxException {
        return Path.of(CliniceaComponent.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }
}
