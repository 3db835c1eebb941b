/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Decides which hosts are this machine, so that plain http to them never leaves it.
 *
 * <p>Specified by {@code BadOptionsTest} and {@code BlobHostsTest}.
 */
public final class Loopback {
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(0{0,4}:){2,7}0{0,3}1]", Pattern.CASE_INSENSITIVE);

    /** A name below localhost or with the root's dot; an IPv4 address as one number, octal or hexadecimal. */
    private static final Pattern ODD_NAME = Pattern.compile(
            "(.+\\.)?localhost\\.?|(0x[0-9a-f]*|\\d+)(\\.(0x[0-9a-f]*|\\d+)){0,3}\\.?", Pattern.CASE_INSENSITIVE);

    private static final Pattern PLAIN_IPV4 = Pattern.compile("[1-9]\\d{0,2}(\\.(0|[1-9]\\d{0,2})){3}");

    private Loopback() {}

    /**
     * Returns whether a host is this machine, or may be in a spelling that has no other use. Such spellings are a name
     * below localhost, the address of no host, IPv4 within IPv6, and an address that resolvers read in different ways.
     * No name is resolved.
     *
     * @param host the host of a URL, an IPv6 address in its brackets; not null
     */
    public static boolean mayBe(String host) {
        if (host.startsWith("[")) {
            return isLocal(host);
        }
        return is(host)
                || ODD_NAME.matcher(host).matches()
                        && (!PLAIN_IPV4.matcher(host).matches() || host.startsWith("127."));
    }

    private static boolean isLocal(String ipv6) {
        try {
            // The zone names a network interface, which may not exist.
            InetAddress address = InetAddress.getByName(ipv6.replaceFirst("%.*]", "]"));
            return address.isLoopbackAddress()
                    || address.isAnyLocalAddress()
                    || address instanceof Inet6Address ipv4Within && ipv4Within.isIPv4CompatibleAddress();
        } catch (UnknownHostException e) {
            return true;
        }
    }

    /**
     * Returns whether a host is this machine. No name is resolved.
     *
     * @param host the host of a URL, an IPv6 address in its brackets; not null
     */
    public static boolean is(String host) {
        return LOOPBACK.matcher(host).matches();
    }
}
