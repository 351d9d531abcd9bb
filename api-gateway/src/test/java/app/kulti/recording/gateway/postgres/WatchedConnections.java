package app.kulti.recording.gateway.postgres;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Real connections, whose statements are noted, and reach the database in words that a test has changed. */
final class WatchedConnections implements ConnectionFactory {
    private final ConnectionFactory real;
    private final UnaryOperator<String> otherwise;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    WatchedConnections(ConnectionFactory real, UnaryOperator<String> otherwise) {
        this.real = real;
        this.otherwise = otherwise;
    }

    /** What connections were asked for: the first word of each statement, else the method's name. */
    List<String> heard() {
        return List.copyOf(heard);
    }

    void forget() {
        heard.clear();
    }

    @Override
    public Publisher<? extends Connection> create() {
        return Mono.from(real.create()).map(this::watched);
    }

    private Connection watched(Connection connection) {
        return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[]{Connection.class},
                (_, method, arguments) -> asked(connection, method, arguments));
    }

    private @Nullable Object asked(Connection connection, Method method, @Nullable Object[] arguments)
            throws Throwable {
        var isStatement = method.getName().equals("createStatement");
        heard.add(isStatement ? String.valueOf(arguments[0]).split("[\\s;]+", 2)[0] : method.getName());
        try {
            return isStatement
                    ? connection.createStatement(otherwise.apply(String.valueOf(arguments[0])))
                    : method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public ConnectionFactoryMetadata getMetadata() {
        return real.getMetadata();
    }
}
