package io.viking.cli.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.kube.client.KubeJson;
import io.viking.syncer.network.ingress.AlbConfigObject;
import org.junit.jupiter.api.Test;

class IngressKindsTest {
  @Test
  void definition_isOfWhatTheSyncerFollows() {
    var definition = IngressKinds.definition();
    var type = AlbConfigObject.TYPE;
    assertThat(definition.getMetadata().getName()).isEqualTo(type.plural() + "." + type.group());
    assertThat(definition.getSpec().getNames().getKind()).isEqualTo(type.kind());
    assertThat(definition.getSpec().getVersions().getFirst().getName()).isEqualTo(type.version());
  }

  @Test
  void definition_keepsFieldsThatNobodyKnows() {
    assertThat(KubeJson.write(IngressKinds.definition()))
        .contains("\"x-kubernetes-preserve-unknown-fields\":true", "\"minimum\":1");
  }
}
