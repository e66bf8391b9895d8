package io.viking.cloud.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Within a major version the contract only grows. */
class CompatibilityTest {
  @Test
  void contract_keepsAllOfTheLastRelease() throws Exception {
    assertThat(Breaks.between(Contract.lastRelease(), Contract.now()))
        .as("changes that break adapters and callers of the last release")
        .isEmpty();
  }

  @Test
  void lastRelease_hasAllServices() throws Exception {
    assertThat(Contract.lastRelease().getFileList())
        .flatExtracting(FileDescriptorProto::getServiceList)
        .extracting(service -> service.getName())
        .containsExactly(
            "InfoService",
            "CatalogService",
            "InstanceService",
            "LoadBalancerService",
            "DnsService");
  }

  @Test
  void additions_breakNothing() {
    assertThat(
            breaks(
                errors -> {
                  errors.addMessageTypeBuilder().setName("More");
                  errors.getEnumTypeBuilder(0).addValueBuilder().setName("MORE").setNumber(99);
                  failure(errors).addFieldBuilder().setName("more").setNumber(99);
                }))
        .isEmpty();
  }

  @Test
  void renumberedField_breaks() {
    assertThat(breaks(errors -> failure(errors).getFieldBuilder(1).setNumber(99)))
        .containsExactly(
            "viking.cloud.v1.Failure.message was LABEL_OPTIONAL TYPE_STRING = 2"
                + " and is LABEL_OPTIONAL TYPE_STRING = 99");
  }

  @Test
  void retypedField_breaks() {
    assertThat(breaks(errors -> failure(errors).getFieldBuilder(1).setType(Type.TYPE_BYTES)))
        .containsExactly(
            "viking.cloud.v1.Failure.message was LABEL_OPTIONAL TYPE_STRING = 2"
                + " and is LABEL_OPTIONAL TYPE_BYTES = 2");
  }

  @Test
  void removedField_breaks() {
    assertThat(breaks(errors -> failure(errors).removeField(1)))
        .containsExactly("viking.cloud.v1.Failure.message is gone");
  }

  @Test
  void removedReason_breaks() {
    assertThat(breaks(errors -> errors.getEnumTypeBuilder(0).removeValue(1)))
        .containsExactly("viking.cloud.v1.ErrorReason.ERROR_REASON_OUT_OF_STOCK is gone");
  }

  @Test
  void methodThatStreamsNoMore_breaks() {
    FileDescriptorSet.Builder changed = Contract.now().toBuilder();
    changed.getFileBuilderList().stream()
        .filter(file -> file.getName().endsWith("catalog.proto"))
        .forEach(file -> file.getServiceBuilder(0).getMethodBuilder(1).setServerStreaming(false));

    assertThat(Breaks.between(Contract.now(), changed.build()))
        .singleElement()
        .asString()
        .startsWith("viking.cloud.v1.CatalogService.WatchCatalog was (");
  }

  /** What breaks when errors.proto, the first file, is changed so. */
  private static Set<String> breaks(Consumer<FileDescriptorProto.Builder> change) {
    FileDescriptorSet.Builder changed = Contract.now().toBuilder();
    change.accept(changed.getFileBuilder(0));
    return Breaks.between(Contract.now(), changed.build());
  }

  private static DescriptorProto.Builder failure(FileDescriptorProto.Builder errors) {
    return errors.getMessageTypeBuilder(0);
  }
}
