package io.dispatch.vault;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The values of a secret by key, sorted. Its text form shows the keys only.
 *
 * @param byKey copied; never null inside
 */
public record SecretValues(SortedMap<String, String> byKey) {

    public SecretValues {
        byKey = Collections.unmodifiableSortedMap(new TreeMap<>(byKey));
    }

    /** Of any map. */
    public static SecretValues of(Map<String, String> byKey) {
        return new SecretValues(new TreeMap<>(byKey));
    }

    @Override
    public String toString() {
        return "SecretValues" + byKey.keySet();
    }
}
