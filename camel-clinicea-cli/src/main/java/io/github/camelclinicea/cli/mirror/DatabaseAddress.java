/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says where the database of a mirror is.
 *
 * <p>Specified by {@code DatabaseAddressTest}.
 *
 * @param url its JDBC URL, which may have credentials
 * @param user its user, or null if the URL has it
 * @param password its password, or null
 */
record DatabaseAddress(String url, String user, String password) {
    /** The user of an H2 file unless another one is given; its password is empty. */
    static final String H2_USER = "sa";

    static final List<String> KINDS = List.of("jdbc:h2:", "jdbc:postgresql:");

    private static final Pattern H2_FILE = Pattern.compile("jdbc:h2:(?!mem:|tcp:|ssl:|zip:)(?:file:)?([^;]+)(.*)");

    /**
     * By default H2 writes half a second late, so a kill -9 would lose rows. The trace file would hold the errors that
     * the routes report anyway. The mirror closes the database itself, after its last transaction.
     */
    private static final List<String> H2_SETTINGS =
            List.of("WRITE_DELAY=0", "LOCK_TIMEOUT=10000", "TRACE_LEVEL_FILE=0", "DB_CLOSE_ON_EXIT=FALSE");

    /** Returns the address of an H2 file, whose name gets the ending {@code .mv.db}. */
    static DatabaseAddress ofFile(Path file) {
        return new DatabaseAddress("jdbc:h2:file:" + file.toAbsolutePath().normalize(), H2_USER, "");
    }

    /** Returns the H2 file; empty for another database. */
    Optional<Path> file() {
        Matcher h2 = H2_FILE.matcher(url);
        if (!h2.matches()) {
            return Optional.empty();
        }
        String name = h2.group(1).replaceFirst("^~(?=/)", Matcher.quoteReplacement(System.getProperty("user.home")));
        return Optional.of(Path.of(name + ".mv.db").toAbsolutePath().normalize());
    }

    /** Returns the URL without credentials and settings, and with the absolute path of a file. */
    String shown() {
        return file().map(file -> "jdbc:h2:file:" + file.toString().replaceFirst("\\.mv\\.db$", ""))
                .orElseGet(() -> url.replaceFirst("[?;].*", "").replaceFirst("//.*@", "//"));
    }

    /** Returns the user, or null if the URL has it. */
    String shownUser() {
        return user != null ? user : isH2() && !hasSetting("USER") ? H2_USER : null;
    }

    /** Returns the URL for the driver. An H2 file gets the settings that its URL lacks. */
    String driverUrl() {
        if (file().isEmpty()) {
            return url;
        }
        StringBuilder withSettings = new StringBuilder(url);
        for (String setting : H2_SETTINGS) {
            String name = setting.substring(0, setting.indexOf('='));
            // H2 refuses the two together.
            boolean shared = name.equals("DB_CLOSE_ON_EXIT") && hasSetting("AUTO_SERVER");
            if (!hasSetting(name) && !shared) {
                withSettings.append(';').append(setting);
            }
        }
        return withSettings.toString();
    }

    boolean isH2() {
        return url.startsWith("jdbc:h2:");
    }

    private boolean hasSetting(String name) {
        return url.toUpperCase(Locale.ROOT).contains(";" + name + "=");
    }

    /** Returns the text without this address and its password. */
    String hideIn(String text) {
        String hidden = text.replace(url, shown());
        if (password != null && !password.isBlank()) {
            hidden = hidden.replace(password, "***");
        }
        return hidden.matches("(?is).*(password|passwd|pwd)=.*") ? "its URL is wrong" : hidden;
    }

    /** Returns the URL without credentials. */
    @Override
    public String toString() {
        return "DatabaseAddress[" + shown() + "]";
    }
}
