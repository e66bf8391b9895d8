package io.viking.scale;

/** On the upstream binaries. */
class NativeScaleIT extends ScaleScenarios {
  @Override
  Variant variant() {
    return Variant.NATIVE;
  }
}
