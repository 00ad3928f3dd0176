package io.dispatch.apigateway.door;

import io.dispatch.apigateway.forward.Forwarder;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.stereotype.Component;

/**
 * Listens at the one public port. It answers plain emits itself, as Tomcat costs several times what the rest of their way
 * through the gateway does, and hands every other connection to Tomcat, byte by byte (decision 0011).
 */
@Component
class Listener implements SmartLifecycle, DisposableBean {

    /** After the web server, which must be there first, and stopped before it. */
    private static final int PHASE = Integer.MAX_VALUE - 512;

    private static final int IDLE_SECONDS = 75;
    private static final int STOP_SECONDS = 5;

    private final Entrance entrance;
    private final Emits emits;
    private final AnswerWriter writer;
    private final int maxBody;
    private final WebServerApplicationContext application;
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
            new DefaultThreadFactory("listener", true),
            NioIoHandler.newFactory());
    private final ChannelGroup all = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final ChannelGroup emitting = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private @Nullable Channel listening;

    Listener(
            Entrance entrance,
            Emits emits,
            AnswerWriter writer,
            Forwarder forwarder,
            WebServerApplicationContext application) {
        this.entrance = entrance;
        this.emits = emits;
        this.writer = writer;
        this.maxBody = Math.min(EmitConnection.MAX_BODY, forwarder.maxEmit());
        this.application = application;
    }

    /**
     * Opens the port, and says as {@code local.server.port} which it is.
     *
     * @throws PortInUseException if somebody else listens there
     */
    @Override
    public synchronized void start() {
        Opening opening = entrance.opening();
        InetSocketAddress tomcat = new InetSocketAddress(
                InetAddress.getLoopbackAddress(),
                Objects.requireNonNull(application.getWebServer()).getPort());
        Channel opened = open(opening, tomcat);
        int port = ((InetSocketAddress) opened.localAddress()).getPort();
        ((ConfigurableEnvironment) application.getEnvironment())
                .getPropertySources()
                .addFirst(new MapPropertySource("listener", Map.of("local.server.port", port)));
        listening = opened;
    }

    private Channel open(Opening opening, InetSocketAddress tomcat) {
        var bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel caller) {
                        prepare(caller, opening, tomcat);
                    }
                })
                .bind(opening.socket())
                .awaitUninterruptibly();
        if (bound.cause() instanceof BindException taken) {
            throw new PortInUseException(opening.port(), taken);
        }
        return bound.syncUninterruptibly().channel();
    }

    private void prepare(SocketChannel caller, Opening opening, InetSocketAddress tomcat) {
        all.add(caller);
        emitting.add(caller);
        if (opening.tls() != null) {
            caller.pipeline().addLast(opening.tls().newHandler(caller.alloc()));
        }
        var idle = new IdleStateHandler(IDLE_SECONDS, 0, 0);
        caller.pipeline().addLast(idle);
        caller.pipeline().addLast("emits", new EmitConnection(emits, writer, maxBody, () -> {
            emitting.remove(caller);
            caller.pipeline().remove(idle);
            caller.pipeline().replace("emits", null, new Tunnel(tomcat));
        }));
    }

    /** Takes no further connection, and waits until the emits that are on their way are answered. */
    @Override
    public synchronized void stop() {
        Channel open = listening;
        listening = null;
        if (open != null) {
            open.close().syncUninterruptibly();
            emitting.forEach(caller -> caller.pipeline().fireUserEventTriggered(new EmitConnection.Stopping()));
            emitting.newCloseFuture().awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return listening != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /** Cuts what is left, once Tomcat has stopped. */
    @Override
    public void destroy() {
        all.close().awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
        loops.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
