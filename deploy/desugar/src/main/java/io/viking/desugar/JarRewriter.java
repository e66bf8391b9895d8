package io.viking.desugar;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A jar whose lambdas are classes. Signatures are left out: nobody checks them here, and the JVM
 * would keep a digest of each entry as long as it runs. The same jar always gives the same bytes.
 */
final class JarRewriter {
  private static final String VERSIONS = "META-INF/versions/";

  private final Map<String, byte[]> entries;

  /** Of these another file is loaded by a newer JDK, and that one would not admit what is made. */
  private final Set<String> versioned;

  private final Map<String, byte[]> made = new LinkedHashMap<>();
  private final Map<ClassDesc, List<ClassDesc>> nests = new LinkedHashMap<>();
  private final List<String> left = new ArrayList<>();

  /**
   * What became of a jar.
   *
   * @param lambdas how many are classes now
   * @param left the classes that stay as they were, each with the reason
   */
  record Report(int lambdas, List<String> left) {}

  private JarRewriter(Map<String, byte[]> entries) {
    this.entries = entries;
    this.versioned =
        entries.keySet().stream()
            .filter(name -> name.startsWith(VERSIONS))
            .map(name -> name.substring(name.indexOf('/', VERSIONS.length()) + 1))
            .collect(Collectors.toSet());
  }

  static Report rewrite(Path from, Path to) throws IOException {
    var rewriter = new JarRewriter(read(from));
    rewriter.classes();
    rewriter.nests.forEach(rewriter::admit);
    rewriter.unsign();
    rewriter.write(to);
    return new Report(rewriter.made.size(), rewriter.left);
  }

  private static Map<String, byte[]> read(Path jar) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    try (var zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (!entry.isDirectory()) {
          try (var in = zip.getInputStream(entry)) {
            entries.put(entry.getName(), in.readAllBytes());
          }
        }
      }
    }
    return entries;
  }

  private void classes() {
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      String name = entry.getKey();
      if (name.endsWith(".class") && !name.startsWith("META-INF/")) {
        rewrite(entry);
      }
    }
  }

  private void rewrite(Map.Entry<String, byte[]> entry) {
    try {
      ClassRewriter.rewrite(entry.getValue())
          .filter(rewritten -> !versioned.contains(file(rewritten.nestHost())))
          .ifPresent(
              rewritten -> {
                entry.setValue(rewritten.bytes());
                rewritten.made().forEach((type, bytes) -> made.put(file(type), bytes));
                if (!rewritten.made().isEmpty()) {
                  nests
                      .computeIfAbsent(rewritten.nestHost(), host -> new ArrayList<>())
                      .addAll(rewritten.made().keySet());
                }
              });
    } catch (IllegalArgumentException unknownAncestor) {
      left.add(entry.getKey() + ": " + unknownAncestor.getMessage());
    }
  }

  private void admit(ClassDesc host, List<ClassDesc> members) {
    entries.compute(
        file(host), (name, bytes) -> Nests.admit(Objects.requireNonNull(bytes, name), members));
  }

  private void unsign() throws IOException {
    entries.keySet().removeIf(name -> name.matches("META-INF/[^/]*\\.(SF|RSA|DSA|EC)"));
    byte[] manifest = entries.get(JarFile.MANIFEST_NAME);
    if (manifest != null) {
      entries.put(JarFile.MANIFEST_NAME, withoutDigests(manifest));
    }
  }

  private static byte[] withoutDigests(byte[] bytes) throws IOException {
    var manifest = new Manifest(new ByteArrayInputStream(bytes));
    boolean signed =
        manifest.getEntries().values().stream()
            .flatMap(attributes -> attributes.keySet().stream())
            .anyMatch(key -> key.toString().endsWith("-Digest"));
    if (!signed) {
      return bytes;
    }
    manifest.getEntries().clear();
    var out = new ByteArrayOutputStream();
    manifest.write(out);
    return out.toByteArray();
  }

  private void write(Path to) throws IOException {
    entries.putAll(made);
    try (var out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(to)))) {
      byte[] manifest = entries.remove(JarFile.MANIFEST_NAME);
      if (manifest != null) {
        // Readers of streams look for it at the beginning.
        put(out, JarFile.MANIFEST_NAME, manifest);
      }
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        put(out, entry.getKey(), entry.getValue());
      }
    }
  }

  private static void put(ZipOutputStream out, String name, byte[] bytes) throws IOException {
    var entry = new ZipEntry(name);
    entry.setTime(0);
    out.putNextEntry(entry);
    out.write(bytes);
    out.closeEntry();
  }

  private static String file(ClassDesc type) {
    String descriptor = type.descriptorString();
    return descriptor.substring(1, descriptor.length() - 1) + ".class";
  }
}
