package io.viking.adapter.sim;

import static io.viking.adapter.sim.TestPod.pod;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.viking.adapter.sim.profile.Profiles;
import io.viking.cloud.v1.CatalogServiceGrpc;
import io.viking.cloud.v1.CreateInstanceResult;
import io.viking.cloud.v1.CreateInstancesRequest;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.File;
import io.viking.cloud.v1.FileVolume;
import io.viking.cloud.v1.GetAccountRequest;
import io.viking.cloud.v1.InstanceServiceGrpc;
import io.viking.cloud.v1.UpdateFiles;
import io.viking.cloud.v1.UpdateFilesRequest;
import io.viking.cloud.v1.UpdateFilesResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What containers see of their manifest and volumes. */
class FilesTest {
  private static final String MOUNTS =
      """
      {"env":[{"name":"MODE","value":"fast"},
              {"name":"IP","valueFrom":{"fieldRef":{"fieldPath":"status.podIP"}}},
              {"name":"URL","value":"http://$(IP)/"}],
       "workingDir":"/config",
       "volumeMounts":[{"name":"config","mountPath":"/config"},
                       {"name":"config","mountPath":"/one/a.txt","subPath":"a.txt"},
                       {"name":"scratch","mountPath":"/scratch"},
                       {"name":"scratch","mountPath":"/look","readOnly":true}]}""";
  private static final String OTHER =
      """
      {"volumeMounts":[{"name":"scratch","mountPath":"/shared"},
                       {"name":"scratch","mountPath":"/part","subPath":"deep/er"}]}""";

  @TempDir Path state;

  @Test
  void container_seesItsManifest() throws Exception {
    try (ServedSim sim = running()) {
      assertThat(sh(sim, "main", "echo $MODE; hostname; pwd; cat a.txt dir/b.txt; ls -l"))
          .isEqualTo("fast\nweb-a\n/config\none\ntwo\n" + sh(sim, "main", "ls -l /config"));
      assertThat(sh(sim, "main", "ls -l /config"))
          .contains("-rw-r--r-- 1 root root        4")
          .contains("drwxr-xr-x");
      assertThat(sh(sim, "main", "ls -l /config/dir")).startsWith("-r--------");
      assertThat(sh(sim, "main", "echo $URL")).isEqualTo("http://" + ip(sim) + "/\n");
    }
  }

  @Test
  void volumesOfFiles_areReadOnly_andSharedOnesAreShared() throws Exception {
    try (ServedSim sim = running()) {
      assertThat(sh(sim, "main", "echo x > /config/a.txt"))
          .isEqualTo("sh: /config/a.txt: Read-only file system\n");
      assertThat(sh(sim, "main", "echo x > /look/f"))
          .isEqualTo("sh: /look/f: Read-only file system\n");
      sh(
          sim,
          "main",
          "echo mine > /scratch/f; mkdir -p /scratch/deep/er; echo d > /scratch/deep/er/g");
      assertThat(sh(sim, "other", "cat /shared/f /part/g")).isEqualTo("mine\nd\n");
      assertThat(sh(sim, "main", "cat /look/f; rm -r /scratch"))
          .contains("mine\n")
          .contains("busy");
    }
  }

  @Test
  void update_replacesTheVolume_butNotItsMountedParts() throws Exception {
    try (ServedSim sim = running()) {
      assertThat(update(sim, "a.txt").hasFailure()).isFalse();

      assertThat(sh(sim, "main", "ls /config; cat /config/a.txt /one/a.txt"))
          .isEqualTo("a.txt\nnew\none\n");
    }
  }

  @Test
  void update_thatLeadsOutOfItsVolume_isRefused() throws Exception {
    try (ServedSim sim = running()) {
      UpdateFilesResult result = update(sim, "../a.txt");

      assertThat(result.getFailure().getReason()).isEqualTo(ErrorReason.ERROR_REASON_INVALID_SPEC);
      assertThat(result.getFailure().getMessage())
          .contains("files[config].path: \"../a.txt\" leads out of its volume");
      assertThat(
              CatalogServiceGrpc.newBlockingStub(sim.channel())
                  .getAccount(GetAccountRequest.newBuilder().setClusterId(Execs.CLUSTER).build())
                  .getCallsOrThrow("UpdateFiles")
                  .getFailed())
          .as("failed items stand in the books")
          .isEqualTo(1);
    }
  }

  @Test
  void files_outliveTheCloudsProcess_andWhatWasWrittenDoesNot() throws Exception {
    try (ServedSim sim = running()) {
      update(sim, "a.txt");
      sh(sim, "main", "echo mine > /scratch/f");
      sim.restart().orElseThrow().restart();

      assertThat(sh(sim, "main", "cat /config/a.txt /one/a.txt; ls /scratch"))
          .isEqualTo("new\none\n");
    }
  }

  @Test
  void filesOnTheDisk_areTheirOwnersAlone() throws Exception {
    try (ServedSim sim = running();
        Stream<Path> files = Files.list(state)) {
      assertThat(sim.adapter().visits()).isZero();
      assertThat(files.toList())
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
  }

  private ServedSim running() throws IOException {
    ServedSim sim = new ServedSim(Profiles.instant(), state);
    CreateInstanceResult result =
        InstanceServiceGrpc.newBlockingStub(sim.channel())
            .createInstances(
                CreateInstancesRequest.newBuilder()
                    .setClusterId(Execs.CLUSTER)
                    .addInstances(
                        pod("a")
                            .container("main", MOUNTS)
                            .container("other", OTHER)
                            .field(
                                "volumes",
                                "[{\"name\":\"config\",\"emptyDir\":{}},{\"name\":\"scratch\",\"emptyDir\":{}}]")
                            .spec()
                            .toBuilder()
                            .addFiles(
                                FileVolume.newBuilder()
                                    .setVolume("config")
                                    .addFiles(file("a.txt", 0644, "one\n"))
                                    .addFiles(file("dir/b.txt", 0400, "two\n"))))
                    .build())
            .getResults(0);
    assertThat(result.hasInstance()).as(result.getFailure().getMessage()).isTrue();
    return sim;
  }

  private static UpdateFilesResult update(ServedSim sim, String path) {
    return InstanceServiceGrpc.newBlockingStub(sim.channel())
        .updateFiles(
            UpdateFilesRequest.newBuilder()
                .setClusterId(Execs.CLUSTER)
                .addUpdates(
                    UpdateFiles.newBuilder()
                        .setUid("a")
                        .addVolumes(
                            FileVolume.newBuilder()
                                .setVolume("config")
                                .addFiles(file(path, 0644, "new\n"))))
                .build())
        .getResults(0);
  }

  private static String sh(ServedSim sim, String container, String script) throws Exception {
    return Execs.run(sim, "a", container, List.of("sh", "-c", script)).output();
  }

  private static String ip(ServedSim sim) throws Exception {
    return sh(sim, "main", "echo -n $IP");
  }

  private static File file(String path, int mode, String content) {
    return File.newBuilder()
        .setPath(path)
        .setMode(mode)
        .setContent(ByteString.copyFromUtf8(content))
        .build();
  }
}
