package app.kulti.recording.infra.local.hms.movie;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import org.jcodec.codecs.h264.H264Encoder;
import org.jcodec.codecs.h264.encode.RateControl;
import org.jcodec.codecs.h264.io.model.SliceType;
import org.jcodec.common.Codec;
import org.jcodec.common.MuxerTrack;
import org.jcodec.common.VideoCodecMeta;
import org.jcodec.common.VideoEncoder.EncodedFrame;
import org.jcodec.common.io.NIOUtils;
import org.jcodec.common.io.SeekableByteChannel;
import org.jcodec.common.model.ColorSpace;
import org.jcodec.common.model.Packet.FrameType;
import org.jcodec.common.model.Picture;
import org.jcodec.common.model.Size;
import org.jcodec.containers.mp4.Brand;
import org.jcodec.containers.mp4.MP4Packet;
import org.jcodec.containers.mp4.MP4Util;
import org.jcodec.containers.mp4.boxes.ChunkOffsets64Box;
import org.jcodec.containers.mp4.boxes.TrakBox;
import org.jcodec.containers.mp4.muxer.MP4Muxer;
import org.jcodec.scale.ColorUtil;
import org.jcodec.scale.Transform;

/**
 * Encodes a {@link Script} as H.264 and lays the file out as players like it: {@code ftyp}, {@code moov}, then
 * {@code mdat}, whose size is written in 64 bits and may promise more than is stored.
 */
final class MovieEncoder {
    private static final int MDAT_HEADER = 16;
    private static final int TICKS_PER_SECOND = 1000;

    private final PictureSettings settings;

    MovieEncoder(PictureSettings settings) {
        this.settings = settings;
    }

    /**
     * Writes the movie, or the beginning of a longer file that still plays as the whole movie.
     *
     * @param target appears complete or not at all
     * @return the number of bytes written, at most {@code script.bytes()}
     * @throws IOException when the disk refuses, or the movie does not fit into {@code script.bytes()}
     */
    long encode(Script script, Path target) throws IOException {
        Path draft = Files.createTempFile(target.toAbsolutePath().getParent(), "draft", ".mp4");
        try {
            try (SeekableByteChannel out = NIOUtils.writableChannel(draft.toFile())) {
                mux(script, out);
            }
            byte[] movie = moovFirst(draft, script);
            Files.write(draft, movie);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            return movie.length;
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private void mux(Script script, SeekableByteChannel out) throws IOException {
        // A file of exact size needs no long movie: it is about bytes, and its head must stay below Script.LEAST_BYTES.
        int most = script.bytes() == null ? settings.maxFrames() : Math.min(20, settings.maxFrames());
        int frames = (int) Math.min(most, (long) script.seconds() * settings.fps());
        long ticks = (long) script.seconds() * TICKS_PER_SECOND;

        MP4Muxer muxer = MP4Muxer.createMP4Muxer(out, Brand.MP4);
        MuxerTrack track = muxer.addVideoTrack(Codec.H264, VideoCodecMeta
                .createSimpleVideoCodecMeta(new Size(settings.width(), settings.height()), ColorSpace.YUV420J));
        TestPicture picture = new TestPicture(script, settings.width(), settings.height());
        Transform toYuv = ColorUtil.getTransform(ColorSpace.RGB, ColorSpace.YUV420J);
        Picture yuv = Picture.create(settings.width(), settings.height(), ColorSpace.YUV420J);
        H264Encoder encoder = encoder();
        ByteBuffer buffer = ByteBuffer.allocate(encoder.estimateBufferSize(yuv));
        for (int i = 0; i < frames; i++) {
            long start = ticks * i / frames;
            long end = ticks * (i + 1) / frames;
            toYuv.transform(picture.at(Duration.ofMillis(start)), yuv);
            buffer.clear();
            EncodedFrame frame = encoder.encodeFrame(yuv, buffer);
            FrameType type = frame.isKeyFrame() ? FrameType.KEY : FrameType.INTER;
            ByteBuffer data = ByteBuffer.wrap(NIOUtils.toArray(frame.getData()));
            track.addFrame(
                    MP4Packet.createMP4Packet(data, start, TICKS_PER_SECOND, end - start, i, type, null, i, start, 0));
        }
        muxer.finish();
    }

    private static H264Encoder encoder() {
        H264Encoder encoder = new H264Encoder(new ConstantQuality());
        encoder.setKeyInterval(10);
        // The widest search that still costs little; the picture moves in one place only.
        encoder.setMotionSearchRange(4);
        return encoder;
    }

    private static byte[] moovFirst(Path draft, Script script) throws IOException {
        MP4Util.Movie movie;
        MP4Util.Atom samples;
        try (SeekableByteChannel in = NIOUtils.readableChannel(draft.toFile())) {
            movie = MP4Util.parseFullMovieChannel(in);
            samples = MP4Util.findFirstAtom("mdat", in);
        }
        long samplesFrom = samples.getOffset() + samples.getHeader().headerSize();
        int samplesLength = Math.toIntExact(samples.getHeader().getBodySize());
        ByteBuffer head = ByteBuffer.allocate(1 << 16);
        movie.getFtyp().write(head);
        int ftyp = head.position();
        ByteBuffer moov = MP4Util.writeBox(movie.getMoov(), 1 << 20);
        long shift = ftyp + moov.remaining() + MDAT_HEADER - samplesFrom;
        for (TrakBox track : movie.getMoov().getTracks()) {
            shiftChunks(track, shift);
        }
        moov = MP4Util.writeBox(movie.getMoov(), 1 << 20);

        int stored = ftyp + moov.remaining() + MDAT_HEADER + samplesLength;
        long size = script.bytes() == null ? stored : script.bytes();
        if (stored > size) {
            throw new IOException("the movie itself takes " + stored + " bytes, more than the " + size + " asked for");
        }
        ByteBuffer file = ByteBuffer.allocate(stored);
        file.put(head.flip()).put(moov);
        file.putInt(1).put(new byte[]{'m', 'd', 'a', 't'}).putLong(size - file.position() + 8);
        try (FileChannel in = FileChannel.open(draft, StandardOpenOption.READ)) {
            while (file.hasRemaining() && in.read(file, samplesFrom + samplesLength - file.remaining()) >= 0) {
                // read to the end of the samples
            }
        }
        return file.array();
    }

    private static void shiftChunks(TrakBox track, long shift) {
        // The muxer always writes 64-bit offsets, so that the size of moov does not depend on them.
        ChunkOffsets64Box chunks = track.getCo64();
        chunks.setChunkOffsets(Arrays.stream(chunks.getChunkOffsets()).map(at -> at + shift).toArray());
    }

    /** The encoder's own rate control chases a bit rate and blurs the text. */
    private static final class ConstantQuality implements RateControl {
        @Override
        public int startPicture(Size size, int maxSize, SliceType sliceType) {
            return 26;
        }

        @Override
        public int initialQpDelta() {
            return 0;
        }

        @Override
        public int accept(int bits) {
            return 0;
        }
    }
}
