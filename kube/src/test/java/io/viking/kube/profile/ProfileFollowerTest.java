package io.viking.kube.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.kube.events.EventRecorder;
import io.viking.kube.events.EventTarget;
import io.viking.kube.testing.FakeCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProfileFollowerTest {
  private static final V1ConfigMap VALID = map(Map.of("securitygroup", "sg-1"));
  private static final V1ConfigMap OTHER = map(Map.of("securitygroup", "sg-2"));
  private static final V1ConfigMap INVALID =
      map(Map.of("securitygroup", "group", "resourcegroup", "rg-1"));

  private final FakeCache<V1ConfigMap> cache = new FakeCache<>();
  private final List<String> events = new ArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ProfileFollower follower = new ProfileFollower(cache, new Recorder(), meters);
  private int changes;

  ProfileFollowerTest() {
    follower.onChange(() -> changes++);
    follower.start();
  }

  @Test
  void beforeTheFirstList_nothingIsKnown_thenThatThereIsNone() {
    assertThat(follower.current()).isEmpty();

    cache.sync();

    assertThat(follower.current()).contains(ClusterProfile.NONE);
    assertThat(changes).isEqualTo(1);
  }

  @Test
  void change_takesEffectAtOnce() {
    cache.put(VALID);
    cache.sync();
    assertThat(group()).isEqualTo("sg-1");

    cache.put(OTHER);
    assertThat(group()).isEqualTo("sg-2");

    cache.remove(OTHER);
    assertThat(follower.current()).contains(ClusterProfile.NONE);
    assertThat(changes).isEqualTo(3);
  }

  @Test
  void invalid_isTold_andTheOneBeforeStays() {
    cache.put(VALID);
    cache.put(INVALID);

    assertThat(group()).isEqualTo("sg-1");
    assertThat(events)
        .singleElement()
        .asString()
        .startsWith(
            "ConfigMap kube-system/eci-profile InvalidProfile securitygroup is \"group\", but must")
        .endsWith("the profile before stays in force");
    assertThat(meters.get("viking_profile_invalid").gauge().value()).isEqualTo(1);

    cache.put(OTHER);
    assertThat(group()).isEqualTo("sg-2");
    assertThat(meters.get("viking_profile_invalid").gauge().value()).isZero();
  }

  @Test
  void invalidAtTheStart_whatCanBeUnderstoodHolds() {
    cache.put(INVALID);

    assertThat(follower.current().orElseThrow().defaults())
        .containsOnlyKeys("k8s.aliyun.com/eci-resource-group-id");
    assertThat(events).hasSize(1);
  }

  @Test
  void unknownKey_isTold_andTheRestHolds() {
    cache.put(map(Map.of("securitygroup", "sg-1", "slb", "x")));

    assertThat(group()).isEqualTo("sg-1");
    assertThat(events)
        .containsExactly(
            "ConfigMap kube-system/eci-profile UnknownProfileKey not known, and without effect: slb");
  }

  private String group() {
    return follower
        .current()
        .orElseThrow()
        .defaults()
        .getOrDefault("k8s.aliyun.com/eci-security-group", "");
  }

  private static V1ConfigMap map(Map<String, String> data) {
    return new V1ConfigMap()
        .metadata(new V1ObjectMeta().namespace("kube-system").name("eci-profile").uid("u"))
        .data(data);
  }

  private final class Recorder implements EventRecorder {
    @Override
    public void normal(EventTarget target, String reason, String message) {
      throw new AssertionError(message);
    }

    @Override
    public void warning(EventTarget target, String reason, String message) {
      events.add(
          "%s %s/%s %s %s"
              .formatted(target.kind(), target.namespace(), target.name(), reason, message));
    }
  }
}
