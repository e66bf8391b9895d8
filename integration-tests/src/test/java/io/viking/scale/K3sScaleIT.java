package io.viking.scale;

/** On k3s in Docker, as on any cluster that somebody else runs. */
class K3sScaleIT extends ScaleScenarios {
  @Override
  Variant variant() {
    return Variant.K3S;
  }
}
