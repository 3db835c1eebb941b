/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.github.camelclinicea.observe.CliniceaSpanDecorator;
import io.github.camelclinicea.state.BulkIdempotentRepository;
import io.github.camelclinicea.sync.EchoMarks;
import io.github.camelclinicea.sync.ListedFields;
import org.apache.camel.spi.IdempotentRepository;

/** Checks which packages may use which. */
@AnalyzeClasses(packages = ArchitectureTest.ROOT, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    static final String ROOT = "io.github.camelclinicea";
    private static final String CONSUMER = ROOT + ".consumer";
    private static final String PRODUCER = ROOT + ".producer";
    private static final String MESSAGE = PRODUCER + ".message";
    private static final String UPDATE = PRODUCER + ".update";
    private static final String UPLOAD = PRODUCER + ".upload";
    private static final String ECHO = PRODUCER + ".echo";
    private static final String SYNC = ROOT + ".sync";
    private static final String CLIENT = ROOT + ".client";
    private static final String HTTP = CLIENT + ".http";
    private static final String RATE = CLIENT + ".rate";
    private static final String BUDGET = CLIENT + ".budget";
    private static final String JSON = CLIENT + ".json";
    private static final String BLOB = CLIENT + ".blob";
    private static final String CATALOG = ROOT + ".catalog";
    private static final String EVENT = ROOT + ".event";
    private static final String ROW = ROOT + ".row";
    private static final String STATE = ROOT + ".state";
    private static final String OBSERVE = ROOT + ".observe";
    private static final String TRANSFORM = ROOT + ".transform";

    private static final String[] PACKAGES = {
        CONSUMER, PRODUCER, MESSAGE, UPDATE, UPLOAD, ECHO, SYNC, CLIENT, HTTP, RATE, BUDGET, JSON, BLOB, CATALOG, EVENT,
        ROW, STATE, OBSERVE, TRANSFORM
    };

    private static final String ALL_OF_CLIENT = CLIENT + "..";
    private static final String ALL_OF_PRODUCER = PRODUCER + "..";

    @ArchTest
    static final ArchRule the_row_is_a_leaf = classes()
            .that()
            .resideInAPackage(ROW)
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage(ROW, "java.lang..", "java.nio..", "java.security", "java.time", "java.util.."));

    @ArchTest
    static final ArchRule the_events_know_of_ours_the_exceptions_only = noClasses()
            .that()
            .resideInAPackage(EVENT)
            .should()
            .dependOnClassesThat(resideInAPackage(ROOT + "..")
                    .and(not(resideInAPackage(EVENT)))
                    .and(notOurException()));

    @ArchTest
    static final ArchRule the_repositories_know_nothing_of_ours = noClasses()
            .that()
            .resideInAPackage(STATE)
            .should()
            .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAPackage(STATE))));

    @ArchTest
    static final ArchRule the_catalogue_knows_nothing_of_ours_nor_camel_nor_the_network = classes()
            .that()
            .resideInAPackage(CATALOG)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    CATALOG, "java.lang..", "java.io", "java.util..", "java.time..", "com.fasterxml.jackson.."));

    @ArchTest
    static final ArchRule the_sync_knows_of_ours_the_row_only_and_of_camel_the_repository_only = classes()
            .that()
            .resideInAPackage(SYNC)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                            SYNC,
                            ROW,
                            "java.lang..",
                            "java.nio..",
                            "java.security",
                            "java.time..",
                            "java.util..",
                            "org.slf4j")
                    .or(belongToAnyOf(IdempotentRepository.class, BulkIdempotentRepository.class)));

    @ArchTest
    static final ArchRule the_client_knows_of_ours_the_catalogue_the_row_and_the_exceptions_only = noClasses()
            .that()
            .resideInAPackage(ALL_OF_CLIENT)
            .should()
            .dependOnClassesThat(resideInAPackage(ROOT + "..")
                    .and(not(resideInAnyPackage(ALL_OF_CLIENT, CATALOG, ROW)))
                    .and(notOurException()));

    @ArchTest
    static final ArchRule the_consumer_does_not_know_the_producer = noClasses()
            .that()
            .resideInAPackage(CONSUMER)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ALL_OF_PRODUCER);

    @ArchTest
    static final ArchRule only_the_root_knows_who_observes = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT, OBSERVE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(OBSERVE);

    @ArchTest
    static final ArchRule the_data_types_know_of_ours_the_messages_and_the_json_only = noClasses()
            .that()
            .resideInAPackage(TRANSFORM)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CONSUMER, PRODUCER, UPDATE, UPLOAD, ECHO, SYNC, RATE, BLOB, CATALOG, STATE, OBSERVE);

    @ArchTest
    static final ArchRule micrometer_is_known_to_observers_only = noClasses()
            .that()
            .resideOutsideOfPackage(OBSERVE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micrometer..");

    @ArchTest
    static final ArchRule the_producer_knows_of_the_sync_the_marks_of_echoes_only = noClasses()
            .that()
            .resideInAPackage(ALL_OF_PRODUCER)
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage(CONSUMER, SYNC).and(not(belongToAnyOf(EchoMarks.class, ListedFields.class))));

    @ArchTest
    static final ArchRule the_marks_of_echoes_are_known_to_the_echo_only = noClasses()
            .that()
            .resideInAnyPackage(PRODUCER, MESSAGE, UPDATE, UPLOAD)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(SYNC);

    @ArchTest
    static final ArchRule camel_telemetry_is_used_by_the_span_decorator_only = noClasses()
            .that(not(belongToAnyOf(CliniceaSpanDecorator.class)))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel.telemetry..");

    @ArchTest
    static final ArchRule of_the_root_only_the_wiring_looks_down = noClasses()
            .that()
            .resideInAPackage(ROOT)
            .and(not(belongToAnyOf(
                    CatalogueFile.class,
                    CliniceaComponent.class,
                    CliniceaEndpoint.class,
                    ConnectionOptions.class,
                    EndpointOptions.class,
                    EndpointSettings.class,
                    JdbcRepositories.class,
                    RepositoryBudgetKeys.class,
                    ScheduleOptions.class,
                    WireOptions.class)))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PACKAGES);

    @ArchTest
    static final ArchRule component_and_endpoint_are_known_to_the_camel_facing_packages_only = noClasses()
            .that()
            .resideInAnyPackage(
                    SYNC, ALL_OF_CLIENT, CATALOG, EVENT, ROW, STATE, MESSAGE, UPDATE, UPLOAD, ECHO, TRANSFORM)
            .should()
            .dependOnClassesThat(belongToAnyOf(CliniceaComponent.class, CliniceaEndpoint.class));

    @ArchTest
    static final ArchRule only_the_component_makes_connections_of_its_own = noClasses()
            .that()
            .resideInAnyPackage(CONSUMER, ALL_OF_PRODUCER, SYNC, CATALOG, EVENT, ROW, OBSERVE, TRANSFORM)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.camel.component.http..", "org.apache.hc..", "java.net..");

    @ArchTest
    static final ArchRule packages_below_the_root_have_no_cycles =
            slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule classes_below_the_root_have_no_cycles =
            slices().assignedFrom(eachOuterClassBelowTheRoot()).should().beFreeOfCycles();

    @ArchTest
    static final ArchRule names_come_from_the_field =
            noClasses().should().haveNameMatching(".*(Manager|Helper|Utils?)(\\$.*)?");

    @ArchTest
    static void each_package_says_what_it_is_for(JavaClasses all) {
        JavaPackage root = all.getPackage(ROOT);

        assertThat(root.getSubpackagesInTree().stream().map(JavaPackage::getName))
                .containsExactlyInAnyOrder(PACKAGES);
        assertThat(root.getClassesInPackageTree().stream()
                        .map(JavaClass::getPackage)
                        .distinct())
                .allSatisfy(aPackage -> assertThat(aPackage.tryGetPackageInfo())
                        .as("package-info of %s", aPackage.getName())
                        .isPresent());
    }

    /** Checks that the rules see the classes at all, because a rule for no class always holds. */
    @ArchTest
    static void the_classes_looked_at_are_all_those_of_main_and_no_tests(JavaClasses all) {
        assertThat(all.contain(CliniceaComponent.class)).isTrue();
        assertThat(all.contain(CliniceaEndpointConfigurer.class)).isTrue();
        assertThat(all.contain(ArchitectureTest.class)).isFalse();
        assertThat(new ClassFileImporter().importPackages(ROOT)).hasSizeGreaterThan(all.size());
        for (String storey : PACKAGES) {
            assertThat(all.getPackage(storey).getClasses()).as(storey).hasSizeGreaterThan(1);
        }
    }

    private static com.tngtech.archunit.base.DescribedPredicate<JavaClass> notOurException() {
        return not(assignableTo(CliniceaException.class));
    }

    /**
     * Assigns nested classes to the class around them. The root package is left out, because Camel's wiring has cycles.
     */
    private static SliceAssignment eachOuterClassBelowTheRoot() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                String name = javaClass.getName();
                if (!javaClass.getPackageName().startsWith(ROOT + ".")) {
                    return SliceIdentifier.ignore();
                }
                int nested = name.indexOf('$');
                return SliceIdentifier.of(nested < 0 ? name : name.substring(0, nested));
            }

            @Override
            public String getDescription() {
                return "classes below the root, nested ones with those around them";
            }
        };
    }
}
