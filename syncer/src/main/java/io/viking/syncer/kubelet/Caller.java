package io.viking.syncer.kubelet;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Who calls, as the API server knows users. */
record Caller(String user, String uid, List<String> groups) {
  private static final String AUTHENTICATED = "system:authenticated";

  Caller {
    groups = List.copyOf(groups);
  }

  /** A verified client certificate: CN is the user, each O a group. */
  static Caller of(X509Certificate certificate) {
    String user = "";
    List<String> groups = new ArrayList<>();
    try {
      LdapName name = new LdapName(certificate.getSubjectX500Principal().getName());
      for (Rdn rdn : name.getRdns()) {
        var attributes = rdn.toAttributes().getAll();
        while (attributes.hasMore()) {
          var attribute = attributes.next();
          String value = String.valueOf(attribute.get());
          switch (attribute.getID().toUpperCase(java.util.Locale.ROOT)) {
            case "CN" -> user = value;
            case "O" -> groups.add(value);
            default -> {}
          }
        }
      }
    } catch (InvalidNameException malformed) {
      throw new IllegalArgumentException(malformed);
    } catch (javax.naming.NamingException malformed) {
      throw new IllegalArgumentException(malformed);
    }
    groups.add(AUTHENTICATED);
    return new Caller(user, "", groups);
  }
}
