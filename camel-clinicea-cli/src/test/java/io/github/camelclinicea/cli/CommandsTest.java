/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Checks that the commands do not know each other, and that only the command line knows them. */
@AnalyzeClasses(packages = CommandsTest.ROOT, importOptions = ImportOption.DoNotIncludeTests.class)
class CommandsTest {
    static final String ROOT = "io.github.camelclinicea.cli";

    @ArchTest
    static final ArchRule the_commands_do_not_know_each_other =
            slices().matching(ROOT + ".(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule what_the_commands_share_does_not_know_them = noClasses()
            .that(resideInAPackage(ROOT))
            .and()
            .doNotBelongToAnyOf(CliniceaCli.class)
            .should()
            .dependOnClassesThat(resideInAPackage(ROOT + ".*.."));

    @ArchTest
    static final ArchRule the_mirror_alone_knows_databases = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".mirror")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql", "javax.sql", "org.springframework..", "com.zaxxer..");
}
