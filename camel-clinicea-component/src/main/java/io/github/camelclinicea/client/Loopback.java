package io.github.camelclinicea.client;

import java.util.regex.Pattern;

/** Which hosts are this machine, so that plain http to them is read by nobody on the way. */
public final class Loopback {
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(0{0,4}:){2,7}0{0,3}1]", Pattern.CASE_INSENSITIVE);

    private Loopback() {}

    /**
     * @param host the host of a URL, an IPv6 address in its brackets; not null
     * @return whether it is this machine, without asking for any name
     */
    public static boolean is(String host) {
        return LOOPBACK.matcher(host).matches();
    }
}
