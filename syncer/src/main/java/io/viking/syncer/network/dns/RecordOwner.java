package io.viking.syncer.network.dns;

import io.viking.cloud.v1.RecordType;
import io.viking.syncer.network.service.NamespacedName;
import java.util.Optional;

/** Whose a record is, read off its name, or off the name that a PTR record points to. */
public final class RecordOwner {
  private static final int LABELS = 3;

  private RecordOwner() {}

  /** Empty for a record that no Service has. */
  public static Optional<NamespacedName> of(DnsRecord.Key record, DnsZones zones) {
    if (record.zone().equals(zones.clusterDomain())) {
      return ofName(record.name());
    }
    String end = "." + zones.clusterDomain() + ".";
    return record.type() == RecordType.RECORD_TYPE_PTR && record.value().endsWith(end)
        ? ofName(record.value().substring(0, record.value().length() - end.length()))
        : Optional.empty();
  }

  private static Optional<NamespacedName> ofName(String name) {
    String[] labels = name.split("\\.", -1);
    int last = labels.length - 1;
    return labels.length >= LABELS && labels[last].equals("svc")
        ? Optional.of(new NamespacedName(labels[last - 1], labels[last - 2]))
        : Optional.empty();
  }
}
