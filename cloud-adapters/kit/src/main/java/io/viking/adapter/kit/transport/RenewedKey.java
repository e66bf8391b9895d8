package io.viking.adapter.kit.transport;

import io.grpc.util.CertificateUtils;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A certificate and its key, from PEM files that are read again at the first handshake after they
 * were replaced: a process outlives its certificates. What cannot be read is complained of, and the
 * old certificate goes on.
 */
final class RenewedKey extends X509ExtendedKeyManager {
  private static final Logger log = LoggerFactory.getLogger(RenewedKey.class);
  private static final String ALIAS = "adapter";

  private final Path certificate;
  private final Path key;
  private volatile Loaded loaded;

  private record Loaded(List<FileTime> written, List<X509Certificate> chain, PrivateKey key) {}

  /**
   * @throws IOException with a sentence, if the files are not what they should be
   */
  RenewedKey(Path certificate, Path key) throws IOException {
    this.certificate = certificate;
    this.key = key;
    this.loaded = load(certificate, key);
  }

  private Loaded current() {
    Loaded known = loaded;
    try {
      if (!known.written().equals(written(certificate, key))) {
        loaded = load(certificate, key);
        log.info("The certificate {} was replaced and is shown from now on", certificate);
      }
    } catch (IOException e) {
      log.warn("The certificate of before is shown on: {}", e.getMessage());
    }
    return loaded;
  }

  private static Loaded load(Path certificate, Path key) throws IOException {
    // Before the content: what is replaced meanwhile is read again at the next look.
    List<FileTime> written = written(certificate, key);
    try (InputStream chain = Files.newInputStream(certificate)) {
      List<X509Certificate> certificates = List.of(CertificateUtils.getX509Certificates(chain));
      if (certificates.isEmpty()) {
        throw new GeneralSecurityException(certificate + " holds none");
      }
      return new Loaded(written, certificates, PrivateKeyPem.read(Files.readAllBytes(key)));
    } catch (GeneralSecurityException | RuntimeException e) {
      throw TlsFiles.notPem(e);
    }
  }

  private static List<FileTime> written(Path certificate, Path key) throws IOException {
    return List.of(Files.getLastModifiedTime(certificate), Files.getLastModifiedTime(key));
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return current().chain().toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return current().key();
  }

  @Override
  public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return new String[] {ALIAS};
  }

  @Override
  public String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return ALIAS;
  }

  @Override
  public String chooseEngineClientAlias(
      String[] keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return ALIAS;
  }

  @Override
  public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return new String[] {ALIAS};
  }

  @Override
  public String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return ALIAS;
  }

  @Override
  public String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return ALIAS;
  }
}
