package io.dispatch.chaos;

import java.nio.file.Path;
import java.util.Map;

/**
 * Another one of a service beside that of the launcher, for the checker to keep running.
 *
 * @param name of the service
 * @param port where it listens on loopback
 * @param folder for its files and its log
 * @param other settings, as environment, in which it differs from the launcher's beside its port
 */
record Replica(String name, int port, Path folder, Map<String, String> other) {}
