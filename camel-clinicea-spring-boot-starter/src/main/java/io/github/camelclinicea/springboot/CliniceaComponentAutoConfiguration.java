/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.springboot;

import io.github.camelclinicea.CliniceaComponent;
import org.apache.camel.Component;
import org.apache.camel.Ordered;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.spring.boot.util.CamelPropertiesHelper;
import org.apache.camel.spring.boot.util.ConditionalOnCamelContextAndAutoConfigurationBeans;
import org.apache.camel.spring.boot.util.ConditionalOnHierarchicalProperties;
import org.apache.camel.spring.boot.util.HierarchicalPropertiesEvaluator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;

/**
 * Applies the properties {@code camel.component.clinicea.*} to the component. Health checks need no code here, because
 * Camel's own indicator includes the consumers. Meters need none, because the component finds Boot's registry by itself.
 */
@AutoConfiguration(after = CamelAutoConfiguration.class)
@Conditional(ConditionalOnCamelContextAndAutoConfigurationBeans.class)
@ConditionalOnHierarchicalProperties({"camel.component", CliniceaProperties.PREFIX})
@EnableConfigurationProperties(CliniceaProperties.class)
public class CliniceaComponentAutoConfiguration {
    /** Creates the configuration, for Spring. */
    public CliniceaComponentAutoConfiguration() {}

    @Lazy
    @Bean
    ComponentCustomizer cliniceaPropertiesCustomizer(ApplicationContext application, CliniceaProperties properties) {
        return new PropertiesCustomizer(application, properties);
    }

    /** Applies the properties before the application's own customizers, so that code overrides properties. */
    private record PropertiesCustomizer(ApplicationContext application, CliniceaProperties properties)
            implements ComponentCustomizer {
        @Override
        public void configure(String name, Component component) {
            CamelPropertiesHelper.setCamelProperties(
                    component.getCamelContext(), component, properties.options(), true);
        }

        @Override
        public boolean isEnabled(String name, Component component) {
            return component instanceof CliniceaComponent
                    && HierarchicalPropertiesEvaluator.evaluate(
                            application, "camel.component.customizer", CliniceaProperties.PREFIX + ".customizer");
        }

        @Override
        public int getOrder() {
            return Ordered.HIGHEST;
        }
    }
}
