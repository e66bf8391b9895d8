package io.viking.syncer.testing;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.syncer.pods.manifest.FileFacts;
import io.viking.syncer.pods.manifest.FileSource;
import io.viking.syncer.pods.manifest.Reference;
import java.util.List;
import java.util.Optional;

/** Pods that mount nothing. */
public final class NoFiles implements FileSource {
  @Override
  public Reading read(V1Pod pod, Has has) {
    return new Reading.Read(List.of(), FileFacts.NONE, Optional.empty());
  }

  @Override
  public void changed(Reference reference) {}

  @Override
  public void anyChanged() {}
}
