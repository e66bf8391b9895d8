/**
 * Writes class files again so that code which only C1 compiles does less: no lambda is spun and
 * none is made by reflection (docs/design/0019-desugar.md). A tool of the build; nothing here runs
 * in Viking. {@link io.viking.desugar.Desugar} is the command, {@link
 * io.viking.desugar.JarRewriter} a jar, {@link io.viking.desugar.ClassRewriter} a class.
 */
@NullMarked
package io.viking.desugar;

import org.jspecify.annotations.NullMarked;
