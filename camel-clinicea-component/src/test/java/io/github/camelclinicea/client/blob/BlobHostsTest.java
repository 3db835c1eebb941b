/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the hosts that may receive a document's content, by the host of the API and by the option. */
class BlobHostsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            https://api.clinicea.com | -                  | https://a.blob.core.windows.net       | true
            https://api.clinicea.com | -                  | https://A.Blob.Core.Windows.Net:8443  | true
            https://api.clinicea.com | -                  | https://api.clinicea.com              | true
            https://api.clinicea.com | -                  | https://blob.core.windows.net         | false
            https://api.clinicea.com | -                  | https://xblob.core.windows.net        | false
            https://api.clinicea.com | -                  | https://a.blob.core.windows.net.x.org | false
            https://api.clinicea.com | -                  | https://evil.clinicea.com             | false
            https://api.clinicea.com | -                  | http://localhost:8500                 | false
            https://api.clinicea.com | -                  | https://localhost                     | false
            https://api.clinicea.com | -                  | https://localhost.                    | false
            https://api.clinicea.com | -                  | http://127.0.0.1                      | false
            https://api.clinicea.com | -                  | http://[::1]                          | false
            https://api.clinicea.com | -                  | https://10.0.0.7                      | false
            https://api.clinicea.com | -                  | https://169.254.169.254               | false
            https://api.clinicea.com | -                  | https://[fd00::1]                     | false
            https://api.clinicea.com | -                  | https://2130706433                    | false
            https://api.clinicea.com | *                  | https://any.example                   | true
            https://api.clinicea.com | *                  | https://localhost                     | false
            https://api.clinicea.com | *                  | https://127.0.0.1                     | false
            https://api.clinicea.com | *                  | https://localhost.                    | false
            https://api.clinicea.com | *                  | https://a.LocalHost                   | false
            https://api.clinicea.com | *                  | https://0.0.0.0                       | false
            https://api.clinicea.com | *                  | https://0                             | false
            https://api.clinicea.com | *                  | https://2130706433                    | false
            https://api.clinicea.com | *                  | https://0x7f000001                    | false
            https://api.clinicea.com | *                  | https://0177.0.0.1                    | false
            https://api.clinicea.com | *                  | https://[::]                          | false
            https://api.clinicea.com | *                  | https://[0:0:0:0:0:0:127.0.0.1]       | false
            https://api.clinicea.com | *                  | https://[::ffff:127.0.0.1]            | false
            https://api.clinicea.com | *                  | https://[::ffff:7f00:1]               | false
            https://api.clinicea.com | *                  | https://[::1%25lo]                    | false
            https://api.clinicea.com | *                  | https://10.0.0.7                      | true
            https://api.clinicea.com | *                  | https://[fd00::1]                     | true
            https://api.clinicea.com | *                  | https://notlocalhost                  | true
            http://localhost:8080    | -                  | https://localhost                     | true
            http://localhost:8080    | -                  | https://0.0.0.0                       | false
            https://api.clinicea.com | localhost          | http://localhost:1                    | true
            https://api.clinicea.com | store.example      | https://a.blob.core.windows.net       | false
            https://api.clinicea.com | x.org,*.store.test | https://deep.a.store.test             | true
            https://api.clinicea.com | x.org,*.store.test | https://api.clinicea.com              | false
            https://api.clinicea.com | [fd00::1]          | https://[fd00::1]                     | true
            https://api.clinicea.com | store.example      | http://store.example                  | false
            http://localhost:8080    | -                  | http://localhost:9090                 | true
            http://localhost:8080    | -                  | http://127.0.0.1:9090                 | true
            http://127.0.0.1:8080    | -                  | https://[::1]                         | true
            http://localhost:8080    | -                  | https://10.0.0.7                      | false
            http://localhost:8080    | store.example      | http://localhost:9090                 | false
            """)
    void given_a_store_when_checked_then_it_is_allowed_only_on_the_hosts_named(
            String baseUrl, String patterns, String store, boolean allowed) {
        BlobHosts hosts = BlobHosts.of(
                URI.create(baseUrl), patterns == null ? List.of() : Arrays.asList(patterns.split(",")), false);

        if (allowed) {
            hosts.check(URI.create(store));
        } else {
            assertThatThrownBy(() -> hosts.check(URI.create(store))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://store.example", "store.example:443", "a*.example", "*.", "*.*.example", "a/b", "a b"})
    void given_a_pattern_that_is_none_when_set_then_it_is_refused_by_its_name(String pattern) {
        assertThatThrownBy(() -> BlobHosts.of(URI.create("https://api.example"), List.of(pattern), false))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> assertThat(e.getMessage()).startsWith("blobHosts has '" + pattern + "'"));
    }
}
