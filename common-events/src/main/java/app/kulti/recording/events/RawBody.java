package app.kulti.recording.events;

import java.util.Arrays;

/** Bytes that nobody may change; equal when their content is. Its text form gives the length only. */
public final class RawBody {
    private final byte[] bytes;

    private RawBody(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy of {@code bytes}. */
    public static RawBody of(byte[] bytes) {
        return new RawBody(bytes.clone());
    }

    /** A copy of the content. */
    public byte[] bytes() {
        return bytes.clone();
    }

    public int length() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawBody that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "RawBody[" + bytes.length + " bytes]";
    }
}
