/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.fhir;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesComponent;

/**
 * Turns the values of rows into codes of FHIR by properties, because nobody outside the vendor knows what the numbers
 * mean. {@code fhir.gender.1 = male} says that 1 is male. {@code fhir.gender.default} holds for all values that have no
 * property.
 */
final class FhirCodes {
    /** Values that are a code and not what a person has typed, so that a message may show them. */
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,4}");

    /** White space, and what Camel takes for a default or another property in the name of a property. */
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[\\s:{}]+");

    private final PropertiesComponent properties;

    FhirCodes(CamelContext context) {
        this.properties = context.getPropertiesComponent();
    }

    /**
     * Returns the code for a value.
     *
     * @param prefix the beginning of the properties, such as {@code fhir.gender}
     * @param value the value of the row, not null
     * @param parse reads the code
     * @throws IllegalArgumentException if there is no property, or it is not a code of FHIR; the message names the
     *     property and quotes no text of the row
     */
    <T> T code(String prefix, String value, Function<String, T> parse) {
        String key =
                NOT_IN_NAMES.matcher(value.strip().toLowerCase(Locale.ROOT)).replaceAll("-");
        String property = prefix + "." + key;
        String code = property(property).or(() -> property(prefix + ".default")).orElse(null);
        boolean mayBeShown = NUMBER.matcher(key).matches();
        if (code == null) {
            throw new IllegalArgumentException(
                    mayBeShown
                            ? "The row needs a property " + property + " with a code of FHIR"
                            : "The row has a value that no property " + prefix + ".… is for");
        }
        return parsed(mayBeShown ? property : prefix + ".…", code, parse);
    }

    /**
     * Returns the code of one property.
     *
     * @throws IllegalArgumentException if it is not a code of FHIR
     */
    <T> T required(String property, Function<String, T> parse) {
        return parsed(property, property(property).orElse(""), parse);
    }

    private Optional<String> property(String name) {
        return properties.resolveProperty(name).map(String::strip).filter(code -> !code.isEmpty());
    }

    private static <T> T parsed(String property, String code, Function<String, T> parse) {
        T parsed;
        try {
            parsed = parse.apply(code);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("The property " + property + " is not a code of FHIR: " + code, e);
        }
        if (parsed == null) {
            throw new IllegalArgumentException("The property " + property + " is not a code of FHIR: " + code);
        }
        return parsed;
    }
}
