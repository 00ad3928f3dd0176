package io.dispatch.functioninvoker.delivery;

import io.dispatch.functioninvoker.batch.Batch;
import io.dispatch.functioninvoker.delivery.FairShare.Holding;
import io.dispatch.functioninvoker.owner.Owner;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who lives and who delivers which partition, and how far it is; owns tables {@code owner} and {@code partition}. All times are
 * the database's. Safe for any thread.
 */
@Component
class Leases {

    private static final String ADD_NEW = """
            insert into function_invoker.partition (number) select number from event_log.partition
            on conflict do nothing""";

    private static final String ANNOUNCE = """
            insert into function_invoker.owner (number, until)
            values (:me, clock_timestamp() + :lease * interval '1 millisecond')
            on conflict (number) do update set until = excluded.until""";

    /** Frozen or cut off for longer than its lease, or gone: the lock of a living one cannot be taken. */
    private static final String FORGET_DEAD = """
            delete from function_invoker.owner
             where number <> :me and (until < clock_timestamp() or pg_try_advisory_xact_lock(number))""";

    private static final String HOLDINGS = """
            select o.number, (select count(*) from function_invoker.partition p where p.owner = o.number) as held,
                   (select count(*) from function_invoker.partition) as partitions
              from function_invoker.owner o""";

    /** Free, run out, or of an owner that is gone. */
    private static final String ACQUIRE = """
            with free as materialized (
                select number from function_invoker.partition
                 where owner is null or until < clock_timestamp()
                    or owner <> :me and pg_try_advisory_xact_lock(owner)
                 order by number limit :most for update skip locked)
            update function_invoker.partition p
               set owner = :me, epoch = epoch + 1, until = clock_timestamp() + :lease * interval '1 millisecond'
              from free where p.number = free.number
            returning p.number, epoch, next_offset, redrives""";

    private static final String RENEW = """
            update function_invoker.partition
               set until = clock_timestamp() + :lease * interval '1 millisecond'
             where owner = :me and number = any (:numbers)
            returning number, epoch, redrives""";

    private static final String RELEASE = """
            update function_invoker.partition set owner = null, until = null where owner = :me and number = :number""";

    private static final String RELEASE_ALL = """
            with gone as (delete from function_invoker.owner where number = :me)
            update function_invoker.partition set owner = null, until = null where owner = :me""";

    private static final String FENCE = """
            update function_invoker.partition p
               set next_offset = ours.next_offset
              from unnest(?::smallint[], ?::bigint[], ?::bigint[]) as ours(number, epoch, next_offset)
             where p.number = ours.number and p.owner = ? and p.epoch = ours.epoch
            returning p.number""";

    private static final String PUBLISH = """
            update function_invoker.partition p
               set lowest_needed = least(p.next_offset, coalesce(
                       (select d."offset" from function_invoker.delivery d
                         where d.partition = p.number and not d.redriven
                         order by d."offset" limit 1),
                       p.next_offset))
             where number = any (:numbers)""";

    private static final String REDRIVEN = """
            update function_invoker.partition set redrives = redrives + 1 where number = :number""";

    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final Owner owner;

    Leases(JdbcTemplate template, JdbcClient jdbc, Owner owner) {
        this.template = template;
        this.jdbc = jdbc;
        this.owner = owner;
    }

    /**
     * A partition that became ours.
     *
     * @param nextOffset the first offset that is not settled
     * @param redrives changes whenever somebody else has added rows
     */
    record Acquired(int partition, long epoch, long nextOffset, long redrives) {}

    /**
     * How far a partition is settled.
     *
     * @param epoch of our lease on it
     * @param nextOffset the first offset that is not settled
     */
    record Progress(int partition, long epoch, long nextOffset) {}

    /** Learns of partitions that are new in the event log. */
    void addNew() {
        jdbc.sql(ADD_NEW).update();
    }

    /**
     * Says that we live for as long as the lease, forgets who does not live any more, and works out our part.
     *
     * @return how many partitions are to be ours
     */
    int share(Duration lease) {
        jdbc.sql(ANNOUNCE)
                .param("me", owner.number())
                .param("lease", lease.toMillis())
                .update();
        jdbc.sql(FORGET_DEAD).param("me", owner.number()).update();
        var partitions = new AtomicInteger();
        List<Holding> living = jdbc.sql(HOLDINGS)
                .query((row, _) -> {
                    partitions.set(row.getInt("partitions"));
                    return new Holding(row.getLong("number"), row.getInt("held"));
                })
                .list();
        return FairShare.of(owner.number(), living, partitions.get());
    }

    /**
     * Takes partitions that nobody holds.
     *
     * @param most how many, 0 or more
     */
    List<Acquired> acquire(int most, Duration lease) {
        return jdbc.sql(ACQUIRE)
                .param("me", owner.number())
                .param("most", most)
                .param("lease", lease.toMillis())
                .query((row, _) -> new Acquired(row.getInt(1), row.getLong(2), row.getLong(3), row.getLong(4)))
                .list();
    }

    /** Prolongs the leases on these partitions; those that are not in the answer, with our epoch, are lost. */
    Map<Integer, Held> renew(Collection<Integer> partitions, Duration lease) {
        return jdbc
                .sql(RENEW)
                .param("me", owner.number())
                .param("lease", lease.toMillis())
                .param("numbers", numbers(partitions))
                .query((row, _) -> new Held(row.getInt(1), row.getLong(2), row.getLong(3)))
                .list()
                .stream()
                .collect(Collectors.toMap(Held::partition, Function.identity()));
    }

    /**
     * A partition that is still ours.
     *
     * @param epoch of our lease on it
     * @param redrives changes whenever somebody else has added rows
     */
    record Held(int partition, long epoch, long redrives) {}

    /** Tells the owner of a partition that rows were added, as the first act of the transaction that adds them. */
    void redriven(int partition) {
        jdbc.sql(REDRIVEN).param("number", partition).update();
    }

    /** Lets one go, for another to take. */
    void release(int partition) {
        jdbc.sql(RELEASE).param("me", owner.number()).param("number", partition).update();
    }

    /** Lets all go and does not count as living any more. */
    void release() {
        jdbc.sql(RELEASE_ALL).param("me", owner.number()).update();
    }

    /**
     * Moves the offsets, as the first act of a transaction that settles: from then on nobody else can take the partitions
     * before it ends.
     *
     * @return the partitions that are still ours; if one is missing, the transaction must be rolled back
     */
    Set<Integer> fence(List<Progress> progress) {
        var batch = new Batch<>(progress);
        List<Integer> ours = template.query(
                FENCE,
                statement -> {
                    batch.set(statement, 1, "smallint", one -> (short) one.partition());
                    batch.set(statement, 2, "bigint", Progress::epoch);
                    batch.set(statement, 3, "bigint", Progress::nextOffset);
                    statement.setLong(4, owner.number());
                },
                (row, _) -> row.getInt(1));
        return Set.copyOf(ours);
    }

    /** Publishes the lowest offset still needed, as the last act of a transaction that settles. */
    void publish(Collection<Integer> partitions) {
        jdbc.sql(PUBLISH).param("numbers", numbers(partitions)).update();
    }

    private static Short[] numbers(Collection<Integer> partitions) {
        return partitions.stream().map(Integer::shortValue).toArray(Short[]::new);
    }
}
