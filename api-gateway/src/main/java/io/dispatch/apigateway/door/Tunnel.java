package io.dispatch.apigateway.door;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Carries a connection's bytes to Tomcat and back as they are, until either side closes it. */
final class Tunnel extends ChannelInboundHandlerAdapter {

    private final SocketAddress tomcat;
    private final List<Object> early = new ArrayList<>(1);

    Tunnel(SocketAddress tomcat) {
        this.tomcat = tomcat;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        Channel caller = context.channel();
        caller.config().setAutoRead(false);
        var _ = new Bootstrap()
                .group(caller.eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new Relay(caller))
                .connect(tomcat)
                .addListener((ChannelFuture connected) -> connected(context, connected));
    }

    private void connected(ChannelHandlerContext context, ChannelFuture connected) {
        if (!connected.isSuccess() || !context.channel().isActive()) {
            early.forEach(ReferenceCountUtil::release);
            var _ = connected.channel().close();
            var _ = context.close();
            return;
        }
        Channel service = connected.channel();
        for (Object message : early) {
            var _ = service.write(message);
        }
        service.flush();
        context.pipeline().replace(this, null, new Relay(service));
        context.channel().config().setAutoRead(true);
    }

    /** What came before the other side was connected. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        early.add(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var _ = context.close();
    }

    /** One direction: what comes here goes there, as fast as there takes it. */
    private static final class Relay extends ChannelInboundHandlerAdapter {
        private static final ChannelFutureListener END_OF_INPUT = written -> {
            var _ = ((SocketChannel) written.channel()).shutdownOutput();
        };

        private final Channel there;

        Relay(Channel there) {
            this.there = there;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            var _ = there.write(message);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            there.flush();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            there.config().setAutoRead(context.channel().isWritable());
        }

        /** A caller that has said all it has to say still waits for the answer. */
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
            if (event instanceof ChannelInputShutdownEvent) {
                var _ = there.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(END_OF_INPUT);
            } else {
                super.userEventTriggered(context, event);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            var _ = there.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // One side has cut the connection: that is all the other can be told.
            var _ = context.close();
        }
    }
}
