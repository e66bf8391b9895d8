package io.viking.adapter.kit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.File;
import io.viking.cloud.v1.FileVolume;
import io.viking.cloud.v1.InstanceSpec;
import io.viking.cloud.v1.UpdateFiles;
import io.viking.cloud.v1.UpdateFilesRequest;
import io.viking.cloud.v1.UpdateFilesResult;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Volumes that come as files, and their change while the instance runs. */
public abstract class FilesContract extends ContractTopic {
  @Test
  void files_ofTheCreate_areThere() {
    AdapterUnderTest.InstanceFiles files = needs(adapter().files(), "read an instance's files");
    TestCluster cluster = newCluster();
    InstanceSpec spec = withFiles(cluster, file("a.txt", "one"), file("dir/b.txt", "two"));
    cluster.running(spec);

    assertThat(files.read(cluster.id(), spec.getUid(), "config", "a.txt"))
        .hasValueSatisfying(bytes -> assertThat(bytes).asString().isEqualTo("one"));
    assertThat(files.read(cluster.id(), spec.getUid(), "config", "dir/b.txt"))
        .hasValueSatisfying(bytes -> assertThat(bytes).asString().isEqualTo("two"));
  }

  @Test
  void update_replacesTheWholeVolume() {
    AdapterUnderTest.InstanceFiles files = needs(adapter().files(), "read an instance's files");
    needsFileUpdate();
    TestCluster cluster = newCluster();
    InstanceSpec spec = withFiles(cluster, file("a.txt", "one"), file("b.txt", "two"));
    cluster.running(spec);

    update(cluster, updateOf(spec.getUid(), file("b.txt", "three")));

    assertThat(files.read(cluster.id(), spec.getUid(), "config", "a.txt")).isEmpty();
    assertThat(files.read(cluster.id(), spec.getUid(), "config", "b.txt"))
        .hasValueSatisfying(bytes -> assertThat(bytes).asString().isEqualTo("three"));
  }

  @Test
  void update_ofARunningInstance_isDone_andDoneAgain() {
    needsFileUpdate();
    TestCluster cluster = newCluster();
    InstanceSpec spec = withFiles(cluster, file("a.txt", "one"));
    cluster.running(spec);
    UpdateFiles update = updateOf(spec.getUid(), file("a.txt", "two"));

    assertThat(update(cluster, update).getFirst().hasFailure()).isFalse();
    assertThat(update(cluster, update).getFirst().hasFailure()).isFalse();
  }

  @Test
  void update_batch_answersInOrder_andFailsItemByItem() {
    needsFileUpdate();
    TestCluster cluster = newCluster();
    InstanceSpec spec = withFiles(cluster, file("a.txt", "one"));
    cluster.running(spec);
    String nobody = UUID.randomUUID().toString();

    List<UpdateFilesResult> results =
        update(
            cluster,
            updateOf(nobody, file("a.txt", "two")),
            updateOf(spec.getUid(), file("a.txt", "two")));

    assertThat(results)
        .extracting(UpdateFilesResult::getUid)
        .containsExactly(nobody, spec.getUid());
    assertThat(results.get(0).getFailure().getReason())
        .isEqualTo(ErrorReason.ERROR_REASON_NOT_FOUND);
    assertThat(results.get(1).hasFailure()).isFalse();
  }

  @Test
  void update_batch_beyondTheLimit_failsAsAWhole() {
    needsFileUpdate();
    TestCluster cluster = newCluster();
    int limit = Math.max(1, info().getLimits().getInstanceBatchItems());
    InstanceSpec spec = withFiles(cluster, file("a.txt", "one"));
    cluster.running(spec);
    UpdateFiles[] tooMany = new UpdateFiles[limit + 1];
    Arrays.fill(tooMany, updateOf(spec.getUid(), file("a.txt", "two")));
    onlyIf(
        (long) tooMany.length * tooMany[0].getSerializedSize() < 4_000_000,
        "a batch of one more than the limit is beyond a message");

    Throwable thrown = catchThrowable(() -> update(cluster, tooMany));

    assertThat(thrown).as("failure of a batch of %d", tooMany.length).isNotNull();
    assertThat(CloudFailures.from(thrown).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_SPEC);
  }

  private void needsFileUpdate() {
    onlyIf(info().getCapabilities().getFileUpdate(), "the pool does not update files");
  }

  private static InstanceSpec withFiles(TestCluster cluster, File... files) {
    return cluster
        .spec(cluster.pod().withVolume("config"))
        .addFiles(FileVolume.newBuilder().setVolume("config").addAllFiles(List.of(files)))
        .build();
  }

  private static UpdateFiles updateOf(String uid, File... files) {
    return UpdateFiles.newBuilder()
        .setUid(uid)
        .addVolumes(FileVolume.newBuilder().setVolume("config").addAllFiles(List.of(files)))
        .build();
  }

  private static File file(String path, String content) {
    return File.newBuilder()
        .setPath(path)
        .setMode(420)
        .setContent(ByteString.copyFromUtf8(content))
        .build();
  }

  private static List<UpdateFilesResult> update(TestCluster cluster, UpdateFiles... updates) {
    return cluster
        .calls()
        .updateFiles(
            UpdateFilesRequest.newBuilder()
                .setClusterId(cluster.id())
                .addAllUpdates(List.of(updates))
                .build())
        .getResultsList();
  }
}
