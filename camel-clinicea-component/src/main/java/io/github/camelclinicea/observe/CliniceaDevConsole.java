/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.observe;

import io.github.camelclinicea.event.LogText;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonObject;

/**
 * Shows the syncs, the rates of the credentials and the producers of a context in Camel's developer console. The option
 * {@code action} performs one of the operations that a consumer's MBean has; see {@link ConsoleActions}. It shows the
 * ids of held rows, and no other content of a row, no credential and no URI.
 */
@DevConsole(
        name = "clinicea",
        displayName = "Clinicea",
        description = "Syncs, rates and producers of the Clinicea component")
public class CliniceaDevConsole extends AbstractDevConsole {
    private static final int TOKEN_BYTES = 16;

    /** Is shown by the console and needed for an action. A page of another web site can request, but not read. */
    private final String actionToken = newToken();

    /** Creates the console. Camel calls it. */
    public CliniceaDevConsole() {
        super("camel", "clinicea", "Clinicea", "Syncs, rates and producers of the Clinicea component");
    }

    @Override
    protected JsonObject doCallJson(Map<String, Object> options) {
        ContextView view = new ContextView(getCamelContext());
        Object action = options.get(ConsoleActions.ACTION);
        if (action != null) {
            return new ConsoleActions(view, actionToken).perform(options);
        }
        JsonObject json = view.json();
        json.put("actionToken", actionToken);
        return json;
    }

    private static String newToken() {
        byte[] token = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(token);
        return HexFormat.of().formatHex(token);
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        StringBuilder text = new StringBuilder();
        append(text, doCallJson(options), "    ");
        return text.toString();
    }

    /** Appends one line for each value, and the values of lists and objects below their name. */
    private static void append(StringBuilder text, Map<String, Object> values, String indent) {
        values.forEach((name, value) -> {
            text.append(indent).append(name).append(':');
            if (value instanceof Collection<?> list) {
                text.append('\n');
                list.forEach(entry -> {
                    append(text, asMap(entry), indent + "    ");
                    text.append('\n');
                });
            } else {
                text.append(' ')
                        .append(value == null ? "" : LogText.of(value.toString()))
                        .append('\n');
            }
        });
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object entry) {
        return (Map<String, Object>) entry;
    }
}
