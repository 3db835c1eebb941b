/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Date;
import java.util.List;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.jcajce.JcaPGPObjectFactory;
import org.bouncycastle.openpgp.operator.PGPDigestCalculator;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPContentVerifierBuilderProvider;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPDigestCalculatorProviderBuilder;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPKeyPair;

/** Signs one test run. The key is made in memory, and is gone with the process. */
final class EphemeralKey {
    private static final int BITS = 3072;

    private final PGPSecretKey key;

    private EphemeralKey(PGPSecretKey key) {
        this.key = key;
    }

    /** Makes a key without a passphrase. */
    static EphemeralKey generate() throws GeneralSecurityException, PGPException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(BITS);
        JcaPGPKeyPair pair = new JcaPGPKeyPair(
                PublicKeyPacket.VERSION_4, PublicKeyAlgorithmTags.RSA_GENERAL, generator.generateKeyPair(), new Date());
        PGPDigestCalculator sha1 =
                new JcaPGPDigestCalculatorProviderBuilder().build().get(HashAlgorithmTags.SHA1);
        return new EphemeralKey(new PGPSecretKey(
                PGPSignature.DEFAULT_CERTIFICATION,
                pair,
                "Release check <release-check@example.invalid>",
                sha1,
                null,
                null,
                new JcaPGPContentSignerBuilder(PublicKeyAlgorithmTags.RSA_GENERAL, HashAlgorithmTags.SHA256),
                null));
    }

    /** Returns the secret key as maven-gpg-plugin takes it from {@code MAVEN_GPG_KEY}. */
    String armored() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (ArmoredOutputStream armor = ArmoredOutputStream.builder().build(text)) {
            new PGPSecretKeyRing(List.of(key)).encode(armor);
        }
        return text.toString(UTF_8);
    }

    /** Returns whether a detached signature is one of this key and of that file. */
    boolean verifies(Path file, Path signature) throws IOException, PGPException {
        PGPPublicKey publicKey = key.getPublicKey();
        try (InputStream in = PGPUtil.getDecoderStream(Files.newInputStream(signature))) {
            if (!(new JcaPGPObjectFactory(in).nextObject() instanceof PGPSignatureList signatures)) {
                return false;
            }
            PGPSignature first = signatures.get(0);
            first.init(new JcaPGPContentVerifierBuilderProvider().setProvider(new BouncyCastleProvider()), publicKey);
            first.update(Files.readAllBytes(file));
            return first.getKeyID() == publicKey.getKeyID() && first.verify();
        }
    }
}
