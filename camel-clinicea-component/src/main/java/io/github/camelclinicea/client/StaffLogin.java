package io.github.camelclinicea.client;

/**
 * A staff member's login, exchanged for a token that travels as a query parameter. One instance is shared by all endpoints
 * that log in alike: however many requests find the token expired, one logs in and the others wait for it.
 */
public final class StaffLogin implements Credentials {
    /** Where the login is (wire-contract section 1, LIVE). */
    static final String PATH = "/api/v2/login/getTokenByStaffUsernamePwd";

    private final String apiKey;
    private final String username;
    private final String password;
    private String token;

    /**
     * @param apiKey the organisation's key, which goes along with the login only, secret; empty for none
     * @param username the staff member's login name, secret
     * @param password the password, secret
     */
    public StaffLogin(String apiKey, String username, String password) {
        this.apiKey = apiKey;
        this.username = username;
        this.password = password;
    }

    String apiKey() {
        return apiKey;
    }

    String username() {
        return username;
    }

    String password() {
        return password;
    }

    /** How a token is had. */
    @FunctionalInterface
    interface Login {
        String token() throws Exception;
    }

    /**
     * The lock is held while logging in, so that those who come meanwhile wait for the token instead of logging in too.
     *
     * @param refused the token that the server no longer takes, or null
     * @return a token other than the refused one
     */
    synchronized String token(String refused, Login login) throws Exception {
        if (token == null || token.equals(refused)) {
            token = null;
            token = login.token();
        }
        return token;
    }

    @Override
    public String toString() {
        return "StaffLogin";
    }
}
