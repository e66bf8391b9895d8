package io.viking.syncer.pods.manifest;

import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.v1.FileVolume;
import io.viking.syncer.pods.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads files volume by volume: one that cannot be had does not hold up the others. A token is
 * asked for only if it is due, or if something else in its volume has changed.
 */
final class PodFiles implements FileSource {
  private final ReferenceReader reader;
  private final VolumeResolver volumes;

  PodFiles(ReferenceReader reader, VolumeResolver volumes) {
    this.reader = reader;
    this.volumes = volumes;
  }

  @Override
  public void changed(Reference reference) {
    reader.forget(reference);
  }

  @Override
  public void anyChanged() {
    reader.forgetAll();
  }

  @Override
  public Reading read(V1Pod model, Has has) throws InterruptedException {
    JsonObject pod = Manifest.source(model);
    var gathered = new Gathered(pod, has);
    try {
      for (JsonObject volume :
          Json.object(pod, "spec").map(spec -> Json.objects(spec, "volumes")).orElse(List.of())) {
        if (VolumeResolver.isOfFiles(volume)) {
          gathered.add(volume);
        }
      }
    } catch (UnresolvedException unresolved) {
      return new Reading.Failed(unresolved.resolution().toString());
    }
    return gathered.reading();
  }

  private final class Gathered {
    private final JsonObject pod;
    private final Has has;
    private final List<FileVolume> changed = new ArrayList<>();
    private final Map<String, ContentDigest> digests = new HashMap<>();
    private final Set<Reference> immutable = new HashSet<>();
    private Optional<Duration> tokenLife = Optional.empty();
    private Optional<String> missing = Optional.empty();

    Gathered(JsonObject pod, Has has) {
      this.pod = pod;
      this.has = has;
    }

    void add(JsonObject volume) throws UnresolvedException, InterruptedException {
      try {
        if (VolumeResolver.hasToken(volume)) {
          addWithToken(volume);
        } else {
          addResolved(volumes.resolve(pod, volume));
        }
      } catch (MissingReferenceException gone) {
        missing = missing.or(() -> Optional.of(VolumeResolver.setUpFailed(volume, gone)));
      }
    }

    private void addWithToken(JsonObject volume)
        throws UnresolvedException, MissingReferenceException, InterruptedException {
      Optional<ContentDigest> known =
          Optional.ofNullable(has.digests().get(Json.string(volume, "name")));
      if (known.isEmpty() && has.knownOnly() && !has.tokensDue()) {
        return;
      }
      boolean current = known.isPresent() && known.get().equals(volumes.digest(pod, volume));
      if (current && !has.tokensDue()) {
        digests.put(Json.string(volume, "name"), known.get());
        return;
      }
      VolumeResolver.Files files = volumes.resolve(pod, volume);
      add(files);
      changed.add(files.volume());
    }

    private void addResolved(VolumeResolver.Files files) {
      add(files);
      if (!files.digest().equals(has.digests().get(files.volume().getVolume()))) {
        changed.add(files.volume());
      }
    }

    private void add(VolumeResolver.Files files) {
      digests.put(files.volume().getVolume(), files.digest());
      immutable.addAll(files.immutable());
      tokenLife = shorter(tokenLife, files.tokenLife());
    }

    Reading reading() {
      return new Reading.Read(changed, new FileFacts(digests, tokenLife, immutable), missing);
    }
  }

  static Optional<Duration> shorter(Optional<Duration> a, Optional<Duration> b) {
    return a.isEmpty() || b.isPresent() && b.get().compareTo(a.get()) < 0 ? b : a;
  }
}
