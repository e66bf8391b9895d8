package io.viking.adapter.kit.transport;

import io.grpc.ChannelCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Turns the files of mutual TLS into gRPC's credentials, with a sentence for a missing one. */
record TlsFiles(TransportSecurity.MutualTls files) {
  static TlsFiles check(TransportSecurity.MutualTls files) throws IOException {
    readable("certificate", files.certificate());
    readable("key", files.key());
    readable("authority", files.authority());
    return new TlsFiles(files);
  }

  ServerCredentials serverCredentials(TlsServerCredentials.ClientAuth clientAuth)
      throws IOException {
    return TlsServerCredentials.newBuilder()
        .keyManager(new RenewedKey(files.certificate(), files.key()))
        .trustManager(files.authority().toFile())
        .clientAuth(clientAuth)
        .build();
  }

  ChannelCredentials channelCredentials() throws IOException {
    return TlsChannelCredentials.newBuilder()
        .keyManager(new RenewedKey(files.certificate(), files.key()))
        .trustManager(files.authority().toFile())
        .build();
  }

  /**
   * Makes what reads the files' content, which gRPC does late.
   *
   * @throws IOException if a file is not what it should be
   */
  static <B> B using(Supplier<B> builder) throws IOException {
    try {
      return builder.get();
    } catch (IllegalArgumentException e) {
      throw notPem(e);
    }
  }

  static IOException notPem(Exception cause) {
    return new IOException(
        "the TLS files are not PEM of a certificate, its key (PKCS#8, or PKCS#1 of RSA) and an authority: "
            + cause.getMessage(),
        cause);
  }

  private static void readable(String role, Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException("the TLS %s file %s cannot be read".formatted(role, file));
    }
  }
}
