package app.kulti.recording.processor.postgres;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.client.EncodedParameter;
import io.r2dbc.postgresql.codec.Codec;
import io.r2dbc.postgresql.codec.CodecMetadata;
import io.r2dbc.postgresql.codec.CodecRegistry;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.postgresql.codec.PostgresTypeIdentifier;
import io.r2dbc.postgresql.codec.PostgresqlObjectId;
import io.r2dbc.postgresql.extension.CodecRegistrar;
import io.r2dbc.postgresql.message.Format;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Arrays as parameters, in the binary form of PostgreSQL's
 * <a href="https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/utils/adt/arrayfuncs.c">array_recv</a>. The
 * driver knows the text form alone, in which each element is quoted here and parsed there.
 */
final class BinaryArrays implements CodecRegistrar {
    /** Midnight of 2000-01-01 UTC, from which PostgreSQL counts microseconds. */
    private static final long POSTGRES_EPOCH_SECOND = 946_684_800;
    private static final int MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final byte JSONB_VERSION = 1;

    @Override
    public Publisher<Void> register(PostgresqlConnection connection, ByteBufAllocator allocator,
            CodecRegistry registry) {
        return Mono.fromRunnable(() -> {
            registry.addFirst(new ArrayCodec<>(String[].class, PostgresqlObjectId.TEXT_ARRAY, PostgresqlObjectId.TEXT,
                    allocator, (to, text) -> to.writeBytes(text.getBytes(StandardCharsets.UTF_8))));
            registry.addFirst(new ArrayCodec<>(Json[].class, PostgresqlObjectId.JSONB_ARRAY, PostgresqlObjectId.JSONB,
                    allocator, (to, json) -> to.writeByte(JSONB_VERSION).writeBytes(json.asArray())));
            registry.addFirst(new ArrayCodec<>(UUID[].class, PostgresqlObjectId.UUID_ARRAY, PostgresqlObjectId.UUID,
                    allocator, (to, id) -> to.writeLong(id.getMostSignificantBits())
                            .writeLong(id.getLeastSignificantBits())));
            registry.addFirst(new ArrayCodec<>(Instant[].class, PostgresqlObjectId.TIMESTAMPTZ_ARRAY,
                    PostgresqlObjectId.TIMESTAMPTZ, allocator, (to, time) -> to.writeLong(micros(time))));
            registry.addFirst(new ArrayCodec<>(Long[].class, PostgresqlObjectId.INT8_ARRAY, PostgresqlObjectId.INT8,
                    allocator, ByteBuf::writeLong));
            registry.addFirst(new ArrayCodec<>(Integer[].class, PostgresqlObjectId.INT4_ARRAY,
                    PostgresqlObjectId.INT4, allocator, ByteBuf::writeInt));
            registry.addFirst(new ArrayCodec<>(Boolean[].class, PostgresqlObjectId.BOOL_ARRAY,
                    PostgresqlObjectId.BOOL, allocator, ByteBuf::writeBoolean));
        });
    }

    /** To the nearest. */
    private static long micros(Instant time) {
        return Math.addExact(
                Math.multiplyExact(time.getEpochSecond() - POSTGRES_EPOCH_SECOND, (long) MICROS_PER_SECOND),
                (time.getNano() + NANOS_PER_MICRO / 2) / NANOS_PER_MICRO);
    }

    /**
     * Writes, and reads nothing: the driver reads the binary form itself. It asks a codec that does not name its {@code type}
     * only for what it has none of its own for.
     *
     * @param element writes one that is not null, without its length
     */
    private record ArrayCodec<E>(Class<E[]> type, PostgresqlObjectId array, PostgresqlObjectId of,
            ByteBufAllocator allocator, BiConsumer<ByteBuf, E> element) implements Codec<E[]>, CodecMetadata {
        private static final int HEADER = 20;
        private static final int USUAL_ELEMENT = 24;

        @Override
        public Iterable<? extends PostgresTypeIdentifier> getDataTypes() {
            return List.of(array);
        }

        @Override
        public boolean canDecode(int dataType, Format format, Class<?> wanted) {
            return false;
        }

        @Override
        public boolean canEncode(Object value) {
            return type.isInstance(value);
        }

        @Override
        public boolean canEncodeNull(Class<?> wanted) {
            return false;
        }

        @Override
        public E @Nullable [] decode(@Nullable ByteBuf buffer, int dataType, Format format,
                Class<? extends E[]> wanted) {
            throw new UnsupportedOperationException("arrays are read by the driver's own codecs");
        }

        @Override
        public EncodedParameter encode(Object value) {
            return encode(value, array.getObjectId());
        }

        @Override
        public EncodedParameter encode(Object value, int dataType) {
            return new EncodedParameter(Format.FORMAT_BINARY, dataType,
                    Mono.fromSupplier(() -> encoded(type.cast(value))));
        }

        @Override
        public EncodedParameter encodeNull() {
            throw new UnsupportedOperationException("no array is null");
        }

        /** On the heap: it is copied into the message of its statement. */
        private ByteBuf encoded(E[] elements) {
            var to = allocator.heapBuffer(HEADER + elements.length * (Integer.BYTES + USUAL_ELEMENT));
            try {
                to.writeInt(1).writeInt(1).writeInt(of.getObjectId()).writeInt(elements.length).writeInt(1);
                for (var one : elements) {
                    write(to, one);
                }
                return to;
            } catch (RuntimeException e) {
                to.release();
                throw e;
            }
        }

        private void write(ByteBuf to, @Nullable E one) {
            var start = to.writerIndex();
            to.writeInt(-1);
            if (one != null) {
                element.accept(to, one);
                to.setInt(start, to.writerIndex() - start - Integer.BYTES);
            }
        }
    }
}
