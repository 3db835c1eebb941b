/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.secrets;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.camelclinicea.CliniceaComponent;
import io.github.camelclinicea.CliniceaConfiguration;
import io.github.camelclinicea.testing.WatchedClinic;
import org.apache.camel.impl.DefaultCamelContext;

/** Names the kinds of credentials, and the two ways that keep them out of endpoint URIs. */
public enum Who {
    KEY {
        @Override
        public String configure(DefaultCamelContext camel, CliniceaConfiguration defaults) {
            defaults.setApiKey("key" + CanaryWatch.WORD);
            return "";
        }

        @Override
        public boolean shownBy(LoggedRequest request) {
            return ("key" + CanaryWatch.WORD).equals(request.getHeader("api"));
        }
    },
    KEY_IN_QUERY {
        @Override
        public String configure(DefaultCamelContext camel, CliniceaConfiguration defaults) {
            defaults.setApiKeyParameter("api_key");
            return KEY.configure(camel, defaults);
        }

        @Override
        public boolean shownBy(LoggedRequest request) {
            return request.getUrl().contains("api_key=key" + CanaryWatch.WORD)
                    && request.getHeader("api") == null
                    && request.getHeader("api_key") == null;
        }
    },
    STAFF {
        @Override
        public String configure(DefaultCamelContext camel, CliniceaConfiguration defaults) {
            camel.getRegistry().bind("clinicUser", "user" + CanaryWatch.WORD);
            camel.getRegistry().bind("clinicPassword", "pass&)+" + CanaryWatch.WORD);
            return "&username=#bean:clinicUser&password=#bean:clinicPassword";
        }

        @Override
        public boolean shownBy(LoggedRequest request) {
            return request.getUrl()
                    .contains("&loginUserName=user" + CanaryWatch.WORD + "&pwd=pass%26%29%2B" + CanaryWatch.WORD);
        }
    };

    abstract String configure(DefaultCamelContext camel, CliniceaConfiguration defaults);

    /** Returns whether the credentials, with their canaries, are in this request. */
    public abstract boolean shownBy(LoggedRequest request);

    /** Sets the credentials and returns the options that every endpoint of the context needs. */
    public String logIn(DefaultCamelContext camel, WatchedClinic clinic) {
        CliniceaComponent component = new CliniceaComponent();
        CliniceaConfiguration defaults = component.getConfiguration();
        defaults.setBaseUrl(clinic.baseUrl());
        defaults.setMaxRetries(1);
        defaults.setMaxRetryWait(10);
        defaults.setMaxResponseSize(100_000);
        defaults.setResponseTimeout(500);
        defaults.setRequestTimeout(1000);
        camel.addComponent("clinicea", component);
        return configure(camel, defaults);
    }
}
