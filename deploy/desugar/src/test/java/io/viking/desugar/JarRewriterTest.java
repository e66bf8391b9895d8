package io.viking.desugar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JarRewriterTest {
  private static final String ZOO = "io/viking/desugar/Zoo.class";
  private static final List<String> NOT_OURS = List.of("META-INF/X.SF", "META-INF/X.RSA");
  private static final DirectMethodHandleDesc METAFACTORY =
      ConstantDescs.ofCallsiteBootstrap(
          ClassDesc.of("java.lang.invoke.LambdaMetafactory"),
          "metafactory",
          ClassDesc.of("java.lang.invoke.CallSite"),
          ConstantDescs.CD_MethodType,
          ConstantDescs.CD_MethodHandle,
          ConstantDescs.CD_MethodType);

  @TempDir Path dir;
  private Path jar;
  private Path rewritten;

  @BeforeEach
  void signedJarOfTheZoo() throws IOException {
    jar = dir.resolve("zoo.jar");
    rewritten = dir.resolve("rewritten.jar");
    Manifest manifest = multiRelease();
    var digest = new Attributes();
    digest.putValue("SHA-256-Digest", "AAAA");
    manifest.getEntries().put(ZOO, digest);
    zooWith(manifest, NOT_OURS);
  }

  private static Manifest multiRelease() {
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Multi-Release", "true");
    return manifest;
  }

  /**
   * @param others more entries, with the zoo's own class file in each
   */
  private void zooWith(Manifest manifest, List<String> others) throws IOException {
    Path classes = Path.of(Zoo.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    Path zoo = classes.resolve(ZOO);
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        Stream<Path> files = Files.list(zoo.getParent())) {
      for (Path file : files.filter(f -> f.getFileName().toString().startsWith("Zoo")).toList()) {
        out.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        out.write(Files.readAllBytes(file));
      }
      for (String name : others) {
        out.putNextEntry(new ZipEntry(name));
        out.write(Files.readAllBytes(zoo));
      }
    }
  }

  @Test
  void doesWhatItDidBefore() throws Exception {
    JarRewriter.Report report = JarRewriter.rewrite(jar, rewritten);

    assertThat(report.left()).isEmpty();
    assertThat(report.lambdas()).isGreaterThan(20);
    assertThat(told(rewritten)).isEqualTo(new Zoo().call()).contains("captures zoo1099511627776");
  }

  @Test
  void leavesNoLambdaToBeSpunAndNoRecordToMethodHandles() throws IOException {
    JarRewriter.rewrite(jar, rewritten);

    assertThat(dynamic(jar)).contains("java.lang.invoke.LambdaMetafactory.metafactory get");
    assertThat(dynamic(rewritten))
        .noneMatch(call -> call.contains("LambdaMetafactory"))
        .noneMatch(call -> call.endsWith(" equals") || call.endsWith(" hashCode"))
        .anyMatch(call -> call.endsWith(" toString"));
  }

  @Test
  void everyClassVerifies() throws IOException {
    JarRewriter.rewrite(jar, rewritten);

    for (ClassModel type : classes(rewritten)) {
      assertThat(ClassFile.of().verify(type)).as(type.thisClass().asInternalName()).isEmpty();
    }
  }

  @Test
  void keepsNoSignatureAndAllElseOfTheManifest() throws IOException {
    JarRewriter.rewrite(jar, rewritten);

    try (var file = new JarFile(rewritten.toFile())) {
      assertThat(file.stream().map(ZipEntry::getName)).doesNotContainAnyElementsOf(NOT_OURS);
      assertThat(file.getManifest().getEntries()).isEmpty();
      assertThat(file.getManifest().getMainAttributes().getValue("Multi-Release"))
          .isEqualTo("true");
    }
  }

  @Test
  void leavesTheNestOfAClassThatANewerJdkLoadsFromElsewhere() throws Exception {
    zooWith(multiRelease(), List.of("META-INF/versions/11/" + ZOO));

    JarRewriter.Report report = JarRewriter.rewrite(jar, rewritten);

    assertThat(report).isEqualTo(new JarRewriter.Report(0, List.of()));
    assertThat(told(rewritten)).isEqualTo(new Zoo().call());
  }

  @Test
  void leavesAClassAsItWasWhoseAncestorsAreUnknown() throws IOException {
    byte[] file = ofUnknownAncestors();
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry("gone/User.class"));
      out.write(file);
    }

    JarRewriter.Report report = JarRewriter.rewrite(jar, rewritten);

    assertThat(report.left()).singleElement().asString().startsWith("gone/User.class: ");
    try (var now = new JarFile(rewritten.toFile());
        InputStream in = now.getInputStream(now.getEntry("gone/User.class"))) {
      assertThat(in.readAllBytes()).isEqualTo(file);
    }
  }

  /** Which of two classes that nobody has is on the stack, when a lambda is made? */
  private static byte[] ofUnknownAncestors() {
    ClassDesc one = ClassDesc.of("gone.One");
    ClassDesc other = ClassDesc.of("gone.Other");
    var body =
        MethodHandleDesc.ofMethod(
            DirectMethodHandleDesc.Kind.STATIC, one, "run", ConstantDescs.MTD_void);
    var run =
        DynamicCallSiteDesc.of(
            METAFACTORY,
            "run",
            MethodTypeDesc.of(ClassDesc.of("java.lang.Runnable")),
            ConstantDescs.MTD_void,
            body,
            ConstantDescs.MTD_void);
    return ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS)
        .build(
            ClassDesc.of("gone.User"),
            type ->
                type.withMethodBody(
                    "choose",
                    MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_int, one, other),
                    ClassFile.ACC_STATIC,
                    code ->
                        code.iload(0)
                            .ifThenElse(
                                Opcode.IFNE, then -> then.aload(1), otherwise -> otherwise.aload(2))
                            .invokedynamic(run)
                            .pop()
                            .areturn()));
  }

  @Test
  void makesTheSameBytesEachTime() throws IOException {
    JarRewriter.rewrite(jar, rewritten);
    Path again = dir.resolve("again.jar");
    JarRewriter.rewrite(jar, again);

    assertThat(again).hasSameBinaryContentAs(rewritten);
  }

  private static String told(Path jar) throws Exception {
    try (var loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      Object zoo = loader.loadClass(Zoo.class.getName()).getDeclaredConstructor().newInstance();
      return (String) ((Callable<?>) zoo).call();
    }
  }

  private static List<String> dynamic(Path jar) throws IOException {
    return classes(jar).stream()
        .flatMap(type -> type.methods().stream())
        .flatMap(method -> method.code().stream())
        .flatMap(code -> code.elementStream())
        .filter(InvokeDynamicInstruction.class::isInstance)
        .map(InvokeDynamicInstruction.class::cast)
        .map(JarRewriterTest::described)
        .toList();
  }

  private static String described(InvokeDynamicInstruction call) {
    return call.bootstrapMethod().owner().packageName()
        + "."
        + call.bootstrapMethod().owner().displayName()
        + "."
        + call.bootstrapMethod().methodName()
        + " "
        + call.name().stringValue();
  }

  private static List<ClassModel> classes(Path jar) throws IOException {
    List<ClassModel> classes = new ArrayList<>();
    try (var file = new JarFile(jar.toFile())) {
      for (ZipEntry entry : file.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
        try (InputStream in = file.getInputStream(entry)) {
          classes.add(ClassFile.of().parse(in.readAllBytes()));
        }
      }
    }
    return classes;
  }
}
