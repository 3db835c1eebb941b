/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.TooLongFrameException;
import java.util.List;
import org.apache.camel.component.netty.DefaultChannelHandlerFactory;

/**
 * Hands whole frames to the decoder of MLLP, up to a limit. That decoder has no limit, and searches all bytes of a frame
 * again whenever some more come, which takes minutes for a document of some megabytes.
 *
 * <p>Specified by {@code ResultsToClinicTest}.
 */
public class MllpFrames extends DefaultChannelHandlerFactory {
    private static final byte END = 0x1C;

    private final long limit;

    /**
     * Creates a factory.
     *
     * @param documents the number of bytes of the largest document; a message may have twice as many, for base64 and
     *     its other segments
     */
    public MllpFrames(long documents) {
        this.limit = 2 * documents;
    }

    @Override
    public ChannelHandler newChannelHandler() {
        return new Decoder(limit);
    }

    private static final class Decoder extends ByteToMessageDecoder {
        private final long limit;
        private int searched;
        private boolean tooLong;

        Decoder(long limit) {
            this.limit = limit;
        }

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> frames) {
            if (tooLong) {
                bytes.skipBytes(bytes.readableBytes());
                return;
            }
            int end = bytes.indexOf(bytes.readerIndex() + searched, bytes.writerIndex(), END);
            if (end >= 0 && end + 1 < bytes.writerIndex()) {
                frames.add(bytes.readRetainedSlice(end + 2 - bytes.readerIndex()));
                searched = 0;
                return;
            }
            // An end that came without the carriage return behind it is searched again.
            searched = end < 0 ? bytes.readableBytes() : end - bytes.readerIndex();
            if (searched > limit) {
                tooLong = true;
                bytes.skipBytes(bytes.readableBytes());
                throw new TooLongFrameException("A message has more than " + limit + " bytes");
            }
        }
    }
}
