/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that a wrong option fails at start with a message that names the option. */
class BadOptionsTest {
    private final DefaultCamelContext camel = new DefaultCamelContext();

    @AfterEach
    void stop() {
        camel.stop();
    }

    private void start(String uri) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).to("log:rows");
            }
        });
        camel.start();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        clinicea:invoices?apiKey=k                                      | Unknown resource 'invoices'  | path
        clinicea:patients                                               | No credentials               | apiKey
        clinicea:patients?apiKey=k&statuses=Added,Modifed                | statuses=Added,Modifed       | Deleted
        clinicea:patients?username=u                                    | username and password        | missing
        clinicea:patients?apiKey=k&apiKeyHeader=,                       | apiKeyHeader                 | at least one
        clinicea:patients?apiKey=RAW(a b)                               | apiKey contains a blank      | copied
        clinicea:patients?apiKey=k&syncFrom=yesterday                   | syncFrom=yesterday           | ISO 8601
        clinicea:patients?apiKey=k&syncFrom=2026-02-30T00:00:00Z        | syncFrom=2026-02-30          | ISO 8601
        clinicea:patients?apiKey=k&ignoreFields=Photo,PatientID         | ignoreFields names 'PatientID', which may hold a row's id | idField
        clinicea:patients?apiKey=k&ignoreFields=DataStatusStr           | ignoreFields names 'DataStatusStr', which may hold a row's status | statusField
        clinicea:patients?apiKey=k&ignoreFields=ReadAt, ModifiedDatetime | ignoreFields names 'ModifiedDatetime', which may hold a row's modified stamp | modifiedField
        clinicea:patients?apiKey=k&ignoreFields=Changed&modifiedField=Stamp,Changed | ignoreFields names 'Changed' | leave it out of ignoreFields
        clinicea:patients?apiKey=k&pagesInFlight=0                      | pagesInFlight                | 1 or more
        clinicea:patients?apiKey=k&baseUrl=http://clinic.example        | baseUrl is plain http        | allowInsecureHttp
        clinicea:patients?apiKey=k&baseUrl=http://127.0.0.1.evil.test   | baseUrl is plain http        | https
        clinicea:patients?apiKey=k&baseUrl=clinic.example               | baseUrl                      | https
        clinicea:patients?apiKey=k&baseUrl=https://u:p@clinic.example   | baseUrl must not contain     | apiKey
        clinicea:patients?apiKey=k&baseUrl=http://localhost.evil.test   | baseUrl is plain http        | https
        clinicea:patients?apiKey=k&baseUrl=http://evil.test/localhost   | baseUrl is plain http        | https
        clinicea:patients?apiKey=k&baseUrl=http://localhost.            | baseUrl is plain http        | https
        clinicea:patients?apiKey=k&baseUrl=HTTP://evil.test             | baseUrl is plain http        | https
        clinicea:patients?apiKey=k&baseUrl=http://128.0.0.1             | baseUrl is plain http        | https
        clinicea:patients?apiKey=k&baseUrl=http://10.0.0.127            | baseUrl is plain http        | https
        clinicea:patients?apiKey=k&baseUrl=http://0.0.0.0               | baseUrl is plain http        | https
        clinicea:patients?apiKey=k&baseUrl=http://[::]                  | baseUrl is plain http        | https
        clinicea:patients?apiKey=k&baseUrl=http://[::2]                 | baseUrl is plain http        | https
        clinicea:patients?apiKey=k&baseUrl=http://[1::1]                | baseUrl is plain http        | https
        clinicea:patients?apiKey=k&baseUrl=http://[::ffff:10.0.0.1]     | baseUrl is plain http        | https
        clinicea:patients?apiKey=k&baseUrl=http://127.0.0.1@evil.test   | baseUrl must not contain     | apiKey
        clinicea:patients?apiKey=k&baseUrl=http://localhost:80@evil.test| baseUrl must not contain     | apiKey
        clinicea:patients?apiKey=k&baseUrl=RAW(https://a.test?x=1)      | baseUrl must not contain     | apiKey
        clinicea:patients?apiKey=k&baseUrl=RAW(https://a.test#x)        | baseUrl must not contain     | apiKey
        clinicea:patients?apiKey=k&baseUrl=RAW(http://evil.test#@localhost) | baseUrl must not contain | apiKey
        clinicea:patients?apiKey=k&baseUrl=RAW(http://evil.test?@localhost) | baseUrl must not contain | apiKey
        clinicea:patients?apiKey=k&baseUrl=http://0x7f.1                | baseUrl must be              | https
        clinicea:patients?apiKey=k&baseUrl=http://127.1                 | baseUrl must be              | https
        clinicea:patients?apiKey=k&baseUrl=http://2130706433            | baseUrl is plain http        | https
        clinicea:patients?apiKey=k&baseUrl=http://127.0.0.1.            | baseUrl must be              | https
        clinicea:patients?apiKey=k&baseUrl=http://127.0.0.999           | baseUrl must be              | https
        clinicea:patients?apiKey=k&baseUrl=RAW(http://localhost%2eevil.test) | baseUrl must be         | https
        clinicea:patients?apiKey=k&baseUrl=RAW(http://localhost\\@evil.test) | baseUrl is not a URL     | https
        clinicea:patients?apiKey=k&baseUrl=http:localhost               | baseUrl must be              | https
        clinicea:patients?apiKey=k&baseUrl=//localhost                  | baseUrl must be              | https
        clinicea:patients?apiKey=k&baseUrl=file:///etc                  | baseUrl must be              | https
        clinicea:patients?apiKey=k&baseUrl=ftp://localhost              | baseUrl must be              | https
        clinicea:patients?apiKey=k&baseUrl=https://                     | baseUrl                      | https
        clinicea:patients?apiKey=k&baseUrl=https://clinic.example:99999 | baseUrl has the port 99999   | 65535
        clinicea:patients?apiKey=k&baseUrl=https://clinic.example:65536/x | baseUrl has the port 65536 | 65535
        clinicea:patients?apiKey=k&baseUrl=http://localhost:0           | baseUrl has the port 0       | from 1
        clinicea:patients?apiKey=k&baseUrl=https://clinic.example:99999999999 | baseUrl                | https
        clinicea:patients?apiKey=k&baseUrl=https://clinic.example:-1    | baseUrl                      | https
        clinicea:patients?apiKey=k&path=api/v1/patients                 | path                         | slash
        clinicea:patients?apiKey=k&path=RAW(/api?x=1)                   | path                         | URL
        clinicea:patients?apiKey=k&path=RAW(/api#x)                     | path                         | URL
        clinicea:patients?apiKey=k&path=RAW(/a b)                       | path                         | URL
        clinicea:documents?apiKey=k&path=RAW(/api?x=1)                  | path                         | URL
        clinicea:patients?apiKey=k&apiKeyHeader=RAW(api,a key)          | apiKeyHeader                 | header
        clinicea:patients?apiKey=k&apiKeyHeader=RAW(api:)               | apiKeyHeader                 | header
        clinicea:patients?apiKey=k&apiKeyHeader=api,Content-Length      | apiKeyHeader                 | HTTP itself
        clinicea:patients?apiKey=k&apiKeyHeader=host                    | apiKeyHeader                 | HTTP itself
        clinicea:patients?apiKey=k&apiKeyParameter=RAW(a key)           | apiKeyParameter              | api_key
        clinicea:patients?apiKey=k&apiKeyParameter=RAW(a&b)             | apiKeyParameter              | api_key
        clinicea:patients?apiKey=k&apiKeyParameter=RAW(api_key=)        | apiKeyParameter              | api_key
        clinicea:patients?apiKey=k&apiKeyParameter=intPageNo            | apiKeyParameter=intPageNo is a query parameter of patients | api_key
        clinicea:patients?apiKey=k&apiKeyParameter=LASTSYNCDATE         | apiKeyParameter=LASTSYNCDATE is a query parameter of patients | api_key
        clinicea:patients?apiKey=k&apiKeyParameter=patientID            | apiKeyParameter=patientID is a query parameter of patients | api_key
        clinicea:bills?apiKey=k&apiKeyParameter=PageSize                | apiKeyParameter=PageSize is a query parameter of bills | api_key
        clinicea:bills?apiKey=k&apiKeyParameter=k&parameter.K=1         | apiKeyParameter=k is a query parameter of bills | api_key
        clinicea:patients?apiKey=k&catalogue=classpath:no-such.json     | catalogue=classpath:no-such.json | exists
        clinicea:patients?apiKey=k&catalogue=nowhere:clinicea.json      | catalogue=nowhere:clinicea.json | classpath:
        clinicea:patients?apiKey=k&overlap=-1                           | overlap                      | negative
        clinicea:patients?apiKey=k&healthCheckStaleAfter=-1             | healthCheckStaleAfter        | 0 disables
        clinicea:patients?apiKey=k&healthCheckHeldAfter=-1              | healthCheckHeldAfter         | 0 disables
        clinicea:patients?apiKey=k&maxHeldRows=-1                       | maxHeldRows                  | 0 or more
        clinicea:patients?apiKey=k&heldRowBackoff=-1                    | heldRowBackoff               | negative
        clinicea:patients?apiKey=k&pageSize=0                           | pageSize                     | 1 or more
        clinicea:patients?apiKey=k&firstPage=-1                         | firstPage                    | 0 or more
        clinicea:documents?apiKey=k&pageSize=0                          | pageSize                     | 1 or more
        clinicea:documents?apiKey=k&firstPage=-1                        | firstPage                    | 0 or more
        clinicea:documents?apiKey=k&maxPages=0                          | maxPages                     | 1 or more
        clinicea:patients?apiKey=k&maxPages=0                           | maxPages                     | 1 or more
        clinicea:patients?apiKey=k&timestampFormat=bogus                | timestampFormat=bogus        | ISO_OFFSET
        clinicea:patients?apiKey=k&bodyType=no.such.Type                | bodyType=no.such.Type        | Map
        clinicea:patients?apiKey=k&suppressEcho=true                    | suppressEcho needs an idempotentRepository | producer
        clinicea:patients?apiKey=k&syncId=a@b                           | syncId                       | @
        clinicea:patients?apiKey=k&maxRetries=-1                        | maxRetries                   | 0 or more
        clinicea:patients?apiKey=k&requestsPerSecond=-1                 | requestsPerSecond            | 0 for no limit
        clinicea:patients?apiKey=k&requestsPerSecond=NaN                | requestsPerSecond            | 0 for no limit
        clinicea:patients?apiKey=k&requestsPerSecond=1e-9               | requestsPerSecond            | 0 for no limit
        clinicea:patients?apiKey=k&requestsPerDay=-1                    | requestsPerDay               | 0 for no budget
        clinicea:patients?apiKey=k&requestsPerMonth=1000000001          | requestsPerMonth             | 0 for no budget
        clinicea:patients?apiKey=k&clinicZone=Asia/Dubay                | clinicZone=Asia/Dubay        | Did you mean 'Asia/Dubai'
        clinicea:patients?apiKey=k&clinicZone=Dubai                     | clinicZone=Dubai             | Asia/Dubai
        clinicea:patients?apiKey=k&clinicZone=IST                       | clinicZone=IST               | like Asia/Dubai
        clinicea:patients?apiKey=k&clinicZone=RAW(+25:00)               | clinicZone=+25:00            | like Asia/Dubai
        clinicea:patients?apiKey=k&requestTimeout=0                     | requestTimeout               | longer
        clinicea:patients?apiKey=k&uploadTimeout=0                      | uploadTimeout                | longer
        clinicea:patients?apiKey=k&maxResponseSize=0                    | maxResponseSize              | from 1 to 2147483639
        clinicea:patients?apiKey=k&maxRowSize=0                         | maxRowSize                   | positive
        clinicea:documents?apiKey=k&blobHosts=https://store.example     | blobHosts                    | store.example
        clinicea:patients?apiKey=k&maxResponseSize=2147483648           | maxResponseSize              | from 1 to 2147483639
        clinicea:patients?apiKey=k&syncFrom=-0500-01-01                 | syncFrom                     | ISO 8601
        clinicea:tasks?apiKey=k&path=/a b                               | path                         | a URL's path may
        clinicea:patients?apiKey=k&proxyHost=proxy.example              | proxyHost and proxyPort      | missing
        clinicea:patients?apiKey=k&proxyHost=proxy.example&proxyPort=0  | proxyPort                    | 65535
        clinicea:patients?apiKey=k&proxyHost=proxy.example&proxyPort=-1 | proxyPort                    | 65535
        clinicea:patients?apiKey=k&proxyHost=proxy.example&proxyPort=65536 | proxyPort                 | 65535
        clinicea:patients?apiKey=k&proxyHost=http://proxy.example&proxyPort=3128 | proxyHost           | alone
        clinicea:patients?apiKey=k&proxyHost=proxy.example:3128&proxyPort=3128 | proxyHost             | proxyPort
        clinicea:patients?apiKey=k&proxyHost=proxy.example/&proxyPort=3128 | proxyHost                 | alone
        clinicea:patients?apiKey=k&proxyHost=RAW(a proxy)&proxyPort=3128 | proxyHost                   | alone
        clinicea:documents?apiKey=k                                     | No list of changes           | path
        clinicea:patients?apiKey=k&pagesInFlght=2                       | pagesInFlght                 | Unknown parameters
        """)
    void given_a_wrong_option_when_started_then_the_error_names_it_and_the_remedy(
            String uri, String names, String remedy) {
        assertThatThrownBy(() -> start(uri)).satisfies(e -> {
            StringBuilder messages = new StringBuilder();
            for (Throwable t = e; t != null; t = t.getCause()) {
                messages.append(t.getMessage()).append('\n');
            }
            assertThat(messages).contains(names).contains(remedy);
        });
    }

    @Test
    void given_a_syncId_too_long_for_a_repository_when_started_then_the_error_says_how_long_it_may_be() {
        assertThatThrownBy(() -> start("clinicea:patients?apiKey=k&syncId=" + "x".repeat(78)))
                .hasMessageContaining("syncId has 78 characters")
                .hasMessageContaining("77");
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080",
        "http://127.0.0.1:8080",
        "http://127.255.0.1",
        "http://LocalHost",
        "HTTP://localhost",
        "http://[::1]:8080",
        "http://[0:0:0:0:0:0:0:1]",
        "https://clinic.example/prefix",
        "https://clinic.example:65535",
        "https://clinic.example:1",
        "https://clinic.example//",
        "https://clinic.example&proxyHost=proxy.example&proxyPort=65535",
        "https://clinic.example&proxyHost=10.0.0.1&proxyPort=1",
        "https://clinic.example&proxyHost=[::1]&proxyPort=3128",
        "https://clinic.example&proxyHost=::1&proxyPort=3128",
        "https://clinic.example&proxyHost=pr_oxy&proxyPort=3128",
        "http://clinic.example&allowInsecureHttp=true"
    })
    void given_a_base_url_that_is_safe_or_accepted_when_resolved_then_it_is_taken(String baseUrl) {
        camel.start();
        assertThat(camel.getEndpoint("clinicea:patients?apiKey=k&baseUrl=" + baseUrl))
                .isInstanceOf(CliniceaEndpoint.class);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T03:04:05Z, 2026-01-02T03:04:05Z",
        "2026-01-02T03:04:05, 2026-01-02T03:04:05Z",
        "2026-01-02, 2026-01-02T00:00:00Z",
        "2026-01-02T03:04:05+05:30, 2026-01-01T21:34:05Z",
        "2026-01-02T03:04:05%2B0530, 2026-01-01T21:34:05Z",
        "2026-01-02T03:04:05.250Z, 2026-01-02T03:04:05.250Z",
        "2026-01-02T03:04:05.123456Z, 2026-01-02T03:04:05.123456Z",
        "2026-01-02T03:04Z, 2026-01-02T03:04:00Z",
    })
    void given_a_syncFrom_in_any_iso_spelling_when_resolved_then_it_is_that_moment(String text, String moment) {
        camel.start();
        assertThat(camel.getEndpoint("clinicea:patients?apiKey=k&syncFrom=" + text, CliniceaEndpoint.class)
                        .syncFrom())
                .hasToString(moment);
    }

    @Test
    void given_one_sync_in_two_routes_when_started_then_the_error_names_syncId() {
        camel.getRegistry().bind("state", new MemoryIdempotentRepository());
        assertThatThrownBy(() -> {
                    for (String delay : List.of("1000", "2000")) {
                        camel.addRoutes(new RouteBuilder() {
                            @Override
                            public void configure() {
                                from("clinicea:patients?apiKey=k&baseUrl=http://localhost:1&initialDelay=60000"
                                                + "&idempotentRepository=#state&delay=" + delay)
                                        .to("log:rows");
                            }
                        });
                    }
                    camel.start();
                })
                .hasMessageContaining("syncId 'patients' is in use")
                .hasMessageContaining("of its own");
    }

    @Test
    void given_a_http_component_of_the_users_when_tls_is_set_beside_it_then_the_error_says_where_it_belongs() {
        camel.getRegistry().bind("own", new HttpComponent());
        camel.getRegistry().bind("tls", new SSLContextParameters());
        camel.start();
        assertThatThrownBy(() ->
                        camel.getEndpoint("clinicea:patients?apiKey=k&httpComponent=#own&sslContextParameters=#tls"))
                .rootCause()
                .hasMessageContaining("sslContextParameters")
                .hasMessageContaining("httpComponent");
    }
}
