/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.CliniceaComponent;
import io.github.camelclinicea.CliniceaConfiguration;
import io.github.camelclinicea.springboot.ComponentSchema.Option;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.spi.TransactedPolicy;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Follows each option from a property of the application to the component. */
class CliniceaPropertiesTest {
    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(CamelAutoConfiguration.class, CliniceaComponentAutoConfiguration.class))
            // Without the routes of the other application on the same class path.
            .withPropertyValues("camel.main.routes-include-pattern=false");

    private static CliniceaComponent component(ApplicationContext context) {
        return context.getBean(CamelContext.class).getComponent("clinicea", CliniceaComponent.class);
    }

    @Test
    void given_every_option_as_a_property_when_the_component_is_made_then_it_has_them_all() throws IOException {
        List<String> properties = new ArrayList<>();
        Map<String, Object> expected = new LinkedHashMap<>();
        for (Option option : ComponentSchema.options()) {
            String value = sample(option);
            if (option.multiValue()) {
                properties.add(option.property() + ".casesheetName=" + value);
                expected.put(option.name(), Map.of("casesheetName", value));
            } else {
                properties.add(option.property() + "=" + value);
                expected.put(option.name(), option.bean() ? value.substring(1) : typed(option, value));
            }
        }

        application
                .withBean("bean-configuration", CliniceaConfiguration.class)
                .withBean("bean-idempotentRepository", MemoryIdempotentRepository.class)
                .withBean("bean-apiKeySupplier", Supplier.class, () -> () -> "a-key")
                .withBean("bean-httpComponent", HttpComponent.class)
                .withBean("bean-sslContextParameters", SSLContextParameters.class)
                .withBean("bean-stateDataSource", DataSource.class, DriverManagerDataSource::new)
                .withBean("bean-transactedPolicy", TransactedPolicy.class, () -> new SpringTransactionPolicy())
                .withPropertyValues(properties.toArray(String[]::new))
                .run(context -> {
                    CliniceaComponent component = component(context);
                    PropertyConfigurerGetter options =
                            (PropertyConfigurerGetter) component.getComponentPropertyConfigurer();
                    assertThat(expected).isNotEmpty().allSatisfy((name, value) -> {
                        Object wanted = value instanceof String text && text.startsWith("bean-")
                                ? context.getBean(text)
                                : value;
                        assertThat(options.getOptionValue(component, name, false))
                                .as(name)
                                .isEqualTo(wanted);
                    });
                });
    }

    /** Returns a value that differs from the option's default. */
    private static String sample(Option option) {
        return switch (option.type()) {
            case "java.lang.Boolean" ->
                String.valueOf(!option.schema().path("defaultValue").asBoolean());
            case "java.lang.Integer", "java.lang.Long" -> "77";
            case "java.lang.Double" -> "7.7";
            case "java.time.Duration" -> "77s";
            default -> option.bean() ? "#bean-" + option.name() : "sample-" + option.name();
        };
    }

    private static Object typed(Option option, String value) {
        return switch (option.type()) {
            case "java.lang.Boolean" -> Boolean.valueOf(value);
            case "java.lang.Integer" -> Integer.valueOf(value);
            case "java.lang.Long" -> Long.valueOf(value);
            case "java.lang.Double" -> Double.valueOf(value);
            case "java.time.Duration" -> Duration.ofSeconds(77).toMillis();
            default -> value;
        };
    }

    @Test
    void given_a_component_of_ones_own_when_properties_are_set_then_what_they_do_not_say_stays() {
        CliniceaComponent own = new CliniceaComponent();
        own.getConfiguration().setMaxRetries(9);
        own.getConfiguration().setPageSize(20);

        application
                .withBean("clinicea", CliniceaComponent.class, () -> own)
                .withPropertyValues("camel.component.clinicea.page-size=50")
                .run(context -> {
                    assertThat(component(context)).isSameAs(own);
                    assertThat(own.getConfiguration().getMaxRetries()).isEqualTo(9);
                    assertThat(own.getConfiguration().getPageSize()).isEqualTo(50);
                });
    }

    @Test
    void given_a_misspelt_property_when_started_then_the_start_fails_and_names_it() {
        application
                .withPropertyValues("camel.component.clinicea.api-kye=x")
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("camel.component.clinicea.api-kye"));
    }

    @Test
    void given_customizers_of_the_application_when_the_component_is_made_then_they_have_the_last_word() {
        application
                .withBean(
                        ComponentCustomizer.class,
                        () -> ComponentCustomizer.forType(
                                CliniceaComponent.class,
                                component -> component.getConfiguration().setPath("/of/the/customizer")))
                .withPropertyValues("camel.component.clinicea.path=/of/the/properties")
                .run(context -> assertThat(component(context).getConfiguration().getPath())
                        .isEqualTo("/of/the/customizer"));
    }

    @Test
    void given_the_customizer_switched_off_when_the_component_is_made_then_properties_are_not_applied() {
        for (String all : List.of("camel.component.clinicea.customizer", "camel.component.customizer")) {
            application
                    .withPropertyValues("camel.component.clinicea.page-size=50", all + ".enabled=false")
                    .run(context -> assertThat(
                                    component(context).getConfiguration().getPageSize())
                            .as(all)
                            .isNull());
        }
    }

    @Test
    void given_the_starter_switched_off_when_started_then_nothing_of_it_is_there() {
        for (String all : List.of("camel.component.clinicea", "camel.component")) {
            application
                    .withPropertyValues("camel.component.clinicea.page-size=50", all + ".enabled=false")
                    .run(context -> {
                        assertThat(context).doesNotHaveBean(CliniceaProperties.class);
                        assertThat(component(context).getConfiguration().getPageSize())
                                .as(all)
                                .isNull();
                    });
        }
    }

    @Test
    void given_no_camel_context_when_started_then_nothing_of_the_starter_is_there() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(CliniceaComponentAutoConfiguration.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(CliniceaProperties.class));
    }

    @Test
    void given_a_key_when_the_properties_are_printed_then_it_is_not_there() {
        application
                .withPropertyValues(
                        "camel.component.clinicea.api-key=invented-key", "camel.component.clinicea.page-size=50")
                .run(context -> assertThat(context.getBean(CliniceaProperties.class))
                        .asString()
                        .contains("apiKey", "pageSize")
                        .doesNotContain("invented-key"));
    }
}
