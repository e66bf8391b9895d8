/** Charts as SVG, written by hand: drawing by AWT needs fonts that servers lack. */
@NullMarked
package io.viking.bench.chart;

import org.jspecify.annotations.NullMarked;
