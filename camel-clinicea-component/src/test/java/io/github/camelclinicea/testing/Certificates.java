/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;

/**
 * Makes two certification authorities, and certificates that the first has signed. The JDK's keytool makes them in each
 * run, so that no key is stored.
 */
public final class Certificates {
    /** The clinic's own authority. */
    public static final String CA = "ca";

    /** Another authority, which has signed nothing. */
    public static final String OTHER_CA = "other-ca";

    /** A server's certificate for {@code localhost} and {@code clinic.test}. */
    public static final String SERVER = "server";

    /** A server's certificate for another host. */
    public static final String ELSEWHERE = "elsewhere";

    /** A client's certificate. */
    public static final String CLIENT = "client";

    private static final String PASSWORD = "of-the-tests";
    private static final KeyStore MADE = make();

    private Certificates() {}

    /** Returns a client's parameters that trust only this authority. */
    public static SSLContextParameters trusting(String authority) {
        KeyStoreParameters trusted = new KeyStoreParameters();
        trusted.setKeyStore(trustStore(authority));
        TrustManagersParameters trust = new TrustManagersParameters();
        trust.setKeyStore(trusted);
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setTrustManagers(trust);
        return parameters;
    }

    /** Returns a client's parameters that trust only this authority, and show this certificate on demand. */
    public static SSLContextParameters trustingAndShowing(String authority, String identity) {
        KeyStoreParameters own = new KeyStoreParameters();
        own.setKeyStore(identityStore(identity));
        own.setPassword(PASSWORD);
        KeyManagersParameters keys = new KeyManagersParameters();
        keys.setKeyStore(own);
        keys.setKeyPassword(PASSWORD);
        SSLContextParameters parameters = trusting(authority);
        parameters.setKeyManagers(keys);
        return parameters;
    }

    /**
     * Returns the context of a server that shows this certificate and trusts clients with a certificate of the clinic's
     * CA.
     */
    public static SSLContext server(String identity) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(identityStore(identity), PASSWORD.toCharArray());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trustStore(CA));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore trustStore(String authority) {
        try {
            KeyStore store = emptyStore();
            store.setCertificateEntry(authority, MADE.getCertificate(authority));
            return store;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore identityStore(String identity) {
        try {
            char[] password = PASSWORD.toCharArray();
            KeyStore store = emptyStore();
            store.setKeyEntry(identity, MADE.getKey(identity, password), password, MADE.getCertificateChain(identity));
            return store;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return store;
    }

    private static KeyStore make() {
        try {
            Path directory = Files.createTempDirectory("certificates");
            Path file = directory.resolve("all.p12");
            try {
                keytool(file, CA, "-ext", "bc:c", "-ext", "ku:c=keyCertSign");
                keytool(file, OTHER_CA, "-ext", "bc:c", "-ext", "ku:c=keyCertSign");
                keytool(file, SERVER, "-signer", CA, "-ext", "san=dns:localhost,dns:clinic.test");
                keytool(file, ELSEWHERE, "-signer", CA, "-ext", "san=dns:elsewhere.test");
                keytool(file, CLIENT, "-signer", CA, "-ext", "eku=clientAuth");
                KeyStore made = KeyStore.getInstance("PKCS12");
                try (InputStream in = Files.newInputStream(file)) {
                    made.load(in, PASSWORD.toCharArray());
                }
                return made;
            } finally {
                Files.deleteIfExists(file);
                Files.delete(directory);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no certificates could be made", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void keytool(Path file, String alias, String... extensions)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-dname",
                "CN=" + alias,
                "-keyalg",
                "EC",
                "-validity",
                "2",
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD));
        command.addAll(Arrays.asList(extensions));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), Charset.defaultCharset());
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException("keytool: " + said);
        }
    }
}
