/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import io.github.camelclinicea.CliniceaTimes;
import io.github.camelclinicea.examples.fields.RowFields;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/** Makes the parts of the application with its properties, without routes. */
final class Hl7Properties {
    private static final HapiContext STRICT = new DefaultHapiContext(ValidationContextFactory.defaultValidation());

    private final CamelContext context = new DefaultCamelContext();
    private final CliniceaTimes times;

    Hl7Properties(String zone, Map<String, String> changed) {
        Properties overridden = new Properties();
        overridden.putAll(changed);
        overridden.put("clinicea.zone", zone);
        context.getPropertiesComponent().setLocation("classpath:hl7/application.properties");
        context.getPropertiesComponent().setOverrideProperties(overridden);
        context.build();
        times = new CliniceaTimes(zone);
    }

    MessageWriter writer() {
        return new MessageWriter(context, times.zone());
    }

    private RowFields fields() {
        return RowFields.load(context, "classpath:hl7/fields.properties");
    }

    PatientMessages patients() {
        return new PatientMessages(writer(), fields(), times);
    }

    AppointmentMessages appointments() {
        return new AppointmentMessages(writer(), patients(), fields(), times);
    }

    ResultReader results() {
        return new ResultReader(writer(), times.zone());
    }

    /** Returns the message as a strict receiver reads it. */
    static Message read(String message) {
        try {
            return STRICT.getPipeParser().parse(message);
        } catch (HL7Exception e) {
            throw new AssertionError(e);
        }
    }
}
