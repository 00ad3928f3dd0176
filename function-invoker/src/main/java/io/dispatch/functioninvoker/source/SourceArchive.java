package io.dispatch.functioninvoker.source;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The source of a function: a gzip tar that was read to its end and keeps the rules of {@link TarGz}.
 *
 * @param bytes as they came
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as they came; archives are compared by their hash
public record SourceArchive(byte[] bytes) {

    /** By which content is told apart: SHA-256 (FIPS 180-4) in hexadecimal digits. */
    String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
