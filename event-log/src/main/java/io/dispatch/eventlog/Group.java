package io.dispatch.eventlog;

import io.dispatch.contracts.event.Event;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A group of events, each with its partition and its place among the group's events of that partition. */
final class Group {
    private final List<NewEntry> entries;
    private final int[] partitions;
    private final long[] places;
    private final long[] counts;

    /**
     * @param partitionCount partitions of the log
     * @param turn partition of the events that have no {@code partitionkey}
     */
    Group(List<NewEntry> entries, int partitionCount, int turn) {
        this.entries = entries;
        this.partitions = new int[entries.size()];
        this.places = new long[entries.size()];
        this.counts = new long[partitionCount];
        for (int i = 0; i < partitions.length; i++) {
            NewEntry entry = entries.get(i);
            Object key = entry.event().attribute(Event.PARTITION_KEY);
            partitions[i] = key == null
                    ? turn
                    : Math.floorMod(
                            31 * entry.organization().hashCode()
                                    + key.toString().hashCode(),
                            partitionCount);
            places[i] = counts[partitions[i]]++;
        }
    }

    /** Binds the parameters of {@link EventLogWriter}'s statement. */
    void bind(PreparedStatement statement, long matchedAt) throws SQLException {
        Connection connection = statement.getConnection();
        int[] touched = touched();
        statement.setArray(1, connection.createArrayOf("int2", boxed(touched)));
        statement.setLong(2, matchedAt);
        statement.setArray(3, connection.createArrayOf("int2", boxed(touched)));
        statement.setArray(
                4,
                connection.createArrayOf(
                        "int8", Arrays.stream(touched).mapToObj(p -> counts[p]).toArray()));
        statement.setArray(5, connection.createArrayOf("int2", boxed(partitions)));
        statement.setArray(
                6,
                connection.createArrayOf("int8", Arrays.stream(places).boxed().toArray()));
        statement.setArray(7, texts(connection, NewEntry::organization));
        statement.setArray(8, texts(connection, entry -> entry.event().type()));
        statement.setArray(9, texts(connection, entry -> entry.event().source()));
        statement.setArray(10, texts(connection, entry -> entry.event().id()));
        statement.setArray(11, bytes(connection, entry -> Columns.attributes(entry.event())));
        statement.setArray(12, bytes(connection, entry -> entry.event().data()));
        statement.setArray(13, texts(connection, Group::subscriptions));
    }

    /** Numbers of the partitions that get events, ascending. */
    int[] touched() {
        return Arrays.stream(partitions).distinct().sorted().toArray();
    }

    /**
     * Where the events stand.
     *
     * @param first the first offset of the group in each partition
     */
    List<Position> positions(long[] first) {
        Position[] positions = new Position[partitions.length];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = new Position(partitions[i], first[partitions[i]] + places[i]);
        }
        return List.of(positions);
    }

    private Array texts(Connection connection, Function<NewEntry, String> column) throws SQLException {
        return connection.createArrayOf("text", entries.stream().map(column).toArray(String[]::new));
    }

    private Array bytes(Connection connection, Function<NewEntry, byte @Nullable []> column) throws SQLException {
        return connection.createArrayOf("bytea", entries.stream().map(column).toArray(byte[][]::new));
    }

    private static Short[] boxed(int[] numbers) {
        return Arrays.stream(numbers).mapToObj(n -> (short) n).toArray(Short[]::new);
    }

    private static String subscriptions(NewEntry entry) {
        return Arrays.stream(entry.subscriptions()).mapToObj(Long::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
