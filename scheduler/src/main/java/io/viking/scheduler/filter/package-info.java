/** Filters: may pods of a group go to a zone at all, whoever else is there? */
@NullMarked
package io.viking.scheduler.filter;

import org.jspecify.annotations.NullMarked;
