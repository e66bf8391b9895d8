package io.viking.cloud.compatibility;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import io.viking.cloud.v1.Catalog;
import io.viking.cloud.v1.Dns;
import io.viking.cloud.v1.Errors;
import io.viking.cloud.v1.Info;
import io.viking.cloud.v1.Instances;
import io.viking.cloud.v1.Loadbalancers;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;

/** The contract as it is now, and as it was at the last release. */
final class Contract {
  private static final String LAST_RELEASE = "/contract/last-release.binpb";

  private Contract() {}

  static FileDescriptorSet now() {
    return Stream.of(
            Errors.getDescriptor(),
            Info.getDescriptor(),
            Catalog.getDescriptor(),
            Instances.getDescriptor(),
            Loadbalancers.getDescriptor(),
            Dns.getDescriptor())
        .map(file -> file.toProto())
        .collect(
            FileDescriptorSet::newBuilder,
            (FileDescriptorSet.Builder set, FileDescriptorProto file) -> set.addFile(file),
            (left, right) -> left.addAllFile(right.getFileList()))
        .build();
  }

  static FileDescriptorSet lastRelease() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(Contract.class.getResourceAsStream(LAST_RELEASE), LAST_RELEASE)) {
      return FileDescriptorSet.parseFrom(file);
    }
  }
}
