/**
 * What is mounted follows its changes: the files of running instances are kept as the ConfigMaps,
 * Secrets, tokens and fields are that they were made of ({@link
 * io.viking.syncer.pods.files.FilesCore}).
 */
@NullMarked
package io.viking.syncer.pods.files;

import org.jspecify.annotations.NullMarked;
