package io.dispatch.apigateway.door;

import io.dispatch.contracts.event.GatheredEmits.Answer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection on which nothing but emits has come so far. It answers them in their order, one after the other, and becomes a
 * {@link Tunnel} at the first request that is anything else. All in the connection's own thread.
 */
final class EmitConnection extends ByteToMessageDecoder {

    /** Longer bodies are left to Tomcat, which looks who is calling before it reads them. */
    static final int MAX_BODY = 32 * 1024;

    /** A request that has begun must be there by then. */
    private static final long PATIENCE_SECONDS = 30;

    /** What may lie here unread while an emit is on its way. */
    private static final int MAX_AHEAD = 64 * 1024;

    private final Emits emits;
    private final AnswerWriter writer;
    private final int maxBody;
    private final Runnable becomeTunnel;
    private @Nullable EmitHead head;
    private @Nullable ScheduledFuture<?> deadline;
    private boolean busy;
    private boolean closing;

    /** @param becomeTunnel puts a tunnel in the place of this handler, which gets the bytes that are not used up */
    EmitConnection(Emits emits, AnswerWriter writer, int maxBody, Runnable becomeTunnel) {
        this.emits = emits;
        this.writer = writer;
        this.maxBody = maxBody;
        this.becomeTunnel = becomeTunnel;
    }

    /** Tells a connection that the gateway is stopping: it closes as soon as what is on its way is answered. */
    record Stopping() {}

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (busy) {
            if (in.readableBytes() > MAX_AHEAD) {
                context.channel().config().setAutoRead(false);
            }
            return;
        }
        if (head == null) {
            switch (EmitHead.look(in, maxBody)) {
                case EmitHead emit -> {
                    head = emit;
                    in.skipBytes(emit.length());
                }
                case Beginning.Undecided _ -> {}
                case Beginning.Other _ -> {
                    cancelDeadline();
                    becomeTunnel.run();
                    return;
                }
            }
        }
        EmitHead whole = head;
        if (whole == null || in.readableBytes() < whole.contentLength()) {
            beginDeadline(context);
            return;
        }
        cancelDeadline();
        byte[] body = new byte[whole.contentLength()];
        in.readBytes(body);
        head = null;
        busy = true;
        var _ = emits.take(whole, body).whenComplete(answerTo(context));
    }

    /** The thread that answers has others to answer: the rest is for the connection's own. */
    private BiConsumer<Answer, @Nullable Throwable> answerTo(ChannelHandlerContext context) {
        return (answer, _) -> context.executor().execute(() -> answered(context, answer));
    }

    private void answered(ChannelHandlerContext context, Answer answer) {
        ChannelFuture written = context.writeAndFlush(writer.write(answer, context.alloc()));
        busy = false;
        if (closing) {
            var _ = written.addListener(ChannelFutureListener.CLOSE);
            return;
        }
        if (actualReadableBytes() > 0) {
            goOn(context);
        }
        context.channel().config().setAutoRead(true);
    }

    /** Looks at what has come meanwhile. */
    private void goOn(ChannelHandlerContext context) {
        try {
            channelRead(context, Unpooled.EMPTY_BUFFER);
        } catch (Exception e) {
            exceptionCaught(context, e);
        }
    }

    private void beginDeadline(ChannelHandlerContext context) {
        if (deadline == null) {
            deadline = context.executor().schedule(() -> cut(context), PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void cancelDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        switch (event) {
            case ChannelInputShutdownEvent _, Stopping _ -> {
                closing = true;
                closeIfIdle(context);
            }
            case IdleStateEvent _ -> closeIfIdle(context);
            default -> super.userEventTriggered(context, event);
        }
    }

    private void closeIfIdle(ChannelHandlerContext context) {
        if (!busy) {
            cut(context);
        }
    }

    private static void cut(ChannelHandlerContext context) {
        var _ = context.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // The caller is gone or there is no memory for what it sends: either way there is nobody to tell.
        cut(context);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        cancelDeadline();
    }
}
