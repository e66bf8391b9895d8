package io.viking.desugar;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.attribute.NestMembersAttribute;
import java.lang.constant.ClassDesc;
import java.util.List;
import java.util.stream.Stream;

/** Classes that see each other's private members (JVMS 5.4.4). */
final class Nests {
  /** The first version of class files that has nests: Java 11. */
  static final int VERSION = 55;

  private Nests() {}

  static ClassDesc host(ClassModel type) {
    return type.findAttribute(Attributes.nestHost())
        .map(nest -> nest.nestHost().asSymbol())
        .orElseGet(() -> type.thisClass().asSymbol());
  }

  /** The host's class file, with these members too. */
  static byte[] admit(byte[] host, List<ClassDesc> members) {
    ClassFile files = ClassFile.of();
    ClassModel type = files.parse(host);
    Stream<ClassDesc> present =
        type.findAttribute(Attributes.nestMembers()).stream()
            .flatMap(nest -> nest.nestMembers().stream())
            .map(member -> member.asSymbol());
    List<ClassDesc> all = Stream.concat(present, members.stream()).toList();
    ClassTransform without = ClassTransform.dropping(NestMembersAttribute.class::isInstance);
    return files.transformClass(
        type,
        without
            .andThen(Nests::withVersion)
            .andThen(
                ClassTransform.endHandler(
                    builder -> builder.with(NestMembersAttribute.ofSymbols(all)))));
  }

  /** Raises the version as far as nests need. */
  static void withVersion(ClassBuilder builder, ClassElement element) {
    if (element instanceof ClassFileVersion version && version.majorVersion() < VERSION) {
      builder.withVersion(VERSION, 0);
    } else {
      builder.with(element);
    }
  }
}
