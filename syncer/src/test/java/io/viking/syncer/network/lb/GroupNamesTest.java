package io.viking.syncer.network.lb;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.syncer.network.service.NamespacedName;
import org.junit.jupiter.api.Test;

class GroupNamesTest {
  private static final NamespacedName WEB = new NamespacedName("shop", "web");

  @Test
  void theGroupOfAServicesPort_saysWhoseItIs() {
    assertThat(GroupNames.owner(GroupNames.ofService(WEB, 80, "TCP"))).contains(Owner.service(WEB));
  }

  @Test
  void aDefaultBackend_isOfItsIngress() {
    var front = new NamespacedName("shop", "front");
    assertThat(GroupNames.owner(GroupNames.ofDefault(WEB, "http", front)))
        .contains(Owner.ingress(front));
  }

  @Test
  void theBackendOfRules_isOfNobodyAlone_andOtherNamesAreNot() {
    assertThat(GroupNames.owner(GroupNames.ofBackend(WEB, "http"))).isEmpty();
    assertThat(GroupNames.owner("")).isEmpty();
    assertThat(GroupNames.owner("by-hand/1/2/3/4/5")).isEmpty();
  }
}
