package io.viking.syncer.pods.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.viking.cloud.v1.File;
import io.viking.cloud.v1.FileVolume;
import io.viking.cloud.v1.UpdateFiles;
import io.viking.cloud.v1.UpdateFilesRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpdateCallsTest {
  @Test
  void add_smallOnes_fillCallsByNumber() {
    var calls = new UpdateCalls(100, 1 << 20);
    for (int i = 0; i < 250; i++) {
      assertThat(calls.add("uid-" + i, List.of(volume("v", 10)))).isZero();
    }

    assertThat(calls.calls()).extracting(List::size).containsExactly(100, 100, 50);
  }

  @Test
  void add_largeOnes_keepWithinTheBytes_andAreSplitByVolume() {
    var calls = new UpdateCalls(100, 10_000);
    calls.add("a", List.of(volume("one", 6_000), volume("two", 6_000)));
    calls.add("b", List.of(volume("one", 3_000)));

    List<List<UpdateFiles>> made = calls.calls();
    assertThat(made)
        .allSatisfy(
            call ->
                assertThat(
                        UpdateFilesRequest.newBuilder()
                            .addAllUpdates(call)
                            .build()
                            .getSerializedSize())
                    .isLessThanOrEqualTo(10_000));
    assertThat(made.stream().flatMap(List::stream).map(UpdateFiles::getUid))
        .containsExactly("a", "a", "b");
    assertThat(made).hasSize(2);
  }

  @Test
  void add_whatFitsNoCall_isLeftOutWhole() {
    var calls = new UpdateCalls(100, 10_000);

    assertThat(calls.add("a", List.of(volume("small", 10), volume("large", 20_000))))
        .isGreaterThan(20_000);
    assertThat(calls.calls()).isEmpty();
  }

  @Test
  void add_nothing_makesNoCall() {
    var calls = new UpdateCalls(1, 10_000);
    calls.add("a", List.of());

    assertThat(calls.calls()).isEmpty();
  }

  private static FileVolume volume(String name, int bytes) {
    return FileVolume.newBuilder()
        .setVolume(name)
        .addFiles(File.newBuilder().setPath("f").setContent(ByteString.copyFrom(new byte[bytes])))
        .build();
  }
}
