package io.viking.controlplane.pki;

import io.viking.controlplane.data.PrivateFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPublicKeySpec;
import org.bouncycastle.jcajce.provider.asymmetric.util.EC5Util;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.math.ec.ECPoint;

/** ECDSA P-256 key pairs; only the private key is kept, the public one is computed from it. */
final class Keys {
  private static final String CURVE = "secp256r1";

  private Keys() {}

  /** The pair whose private key is in the file, which is made if it is not there. */
  static KeyPair ensure(Path file, SecureRandom random) {
    if (Files.exists(file)) {
      return pair((ECPrivateKey) Pem.privateKey(file));
    }
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(CURVE), random);
      KeyPair pair = generator.generateKeyPair();
      PrivateFiles.write(file, Pem.of(pair.getPrivate()));
      return pair;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no ECDSA P-256", e);
    }
  }

  private static KeyPair pair(ECPrivateKey key) {
    ECPoint point =
        ECNamedCurveTable.getParameterSpec(CURVE).getG().multiply(key.getS()).normalize();
    try {
      return new KeyPair(
          KeyFactory.getInstance("EC")
              .generatePublic(new ECPublicKeySpec(EC5Util.convertPoint(point), key.getParams())),
          key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a P-256 key has no public key", e);
    }
  }
}
