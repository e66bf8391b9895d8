package io.viking.adapter.sim.network.serve;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.viking.adapter.sim.network.tls.ServerKey;
import io.viking.adapter.sim.network.tls.UnusableKeyException;
import io.viking.cloud.v1.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The certificates of a listener, chosen by the name that a client asks for. Immutable. */
final class SniKeys {
  private static final int DNS_NAME = 2;

  private final SslContext first;
  private final Map<String, SslContext> byName;

  private SniKeys(SslContext first, Map<String, SslContext> byName) {
    this.first = first;
    this.byName = Map.copyOf(byName);
  }

  /**
   * @param certificates the first is for who asks for none that is there
   * @return empty without certificates
   */
  static Optional<SniKeys> of(List<Certificate> certificates, Instant now) {
    List<SslContext> contexts = new ArrayList<>();
    Map<String, SslContext> byName = new HashMap<>();
    for (Certificate certificate : certificates) {
      ServerKey key = key(certificate, now);
      SslContext context = context(key);
      contexts.add(context);
      names(key.chain().getFirst()).forEach(name -> byName.putIfAbsent(name, context));
    }
    return contexts.isEmpty()
        ? Optional.empty()
        : Optional.of(new SniKeys(contexts.getFirst(), byName));
  }

  private static ServerKey key(Certificate certificate, Instant now) {
    try {
      return certificate.hasKeyPair()
          ? ServerKey.of(certificate.getKeyPair())
          : ServerKey.selfSigned(certificate.getCloudId(), now);
    } catch (UnusableKeyException e) {
      throw new IllegalStateException("A certificate that was checked cannot serve", e);
    }
  }

  private static SslContext context(ServerKey key) {
    try {
      return SslContextBuilder.forServer(key.key(), key.chain())
          .sslProvider(SslProvider.JDK)
          .protocols("TLSv1.3", "TLSv1.2")
          .build();
    } catch (SSLException e) {
      throw new IllegalStateException("A certificate that was checked cannot serve", e);
    }
  }

  private static List<String> names(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      if (alternatives != null) {
        for (List<?> alternative : alternatives) {
          if (alternative.getFirst().equals(DNS_NAME)) {
            names.add(String.valueOf(alternative.get(1)).toLowerCase(Locale.ROOT));
          }
        }
      }
    } catch (CertificateParsingException e) {
      // It serves who names nothing else.
    }
    return names;
  }

  /** For a name that a client asks for, or none. */
  SslContext context(@Nullable String name) {
    if (name == null) {
      return first;
    }
    String asked = name.toLowerCase(Locale.ROOT);
    int dot = asked.indexOf('.');
    SslContext wild = dot < 0 ? first : byName.getOrDefault("*" + asked.substring(dot), first);
    return byName.getOrDefault(asked, wild);
  }
}
