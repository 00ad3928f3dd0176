package io.dispatch.chaos;

/**
 * What was done to the platform.
 *
 * @param what was done
 * @param target to whom
 * @param from nanoseconds on the checker's clock, before it was done
 * @param to nanoseconds when all worked again
 * @param replicas how many of the target there were
 */
record Disturbance(Kind what, String target, long from, long to, int replicas) {

    /** What is done to whom. */
    enum Kind {
        /** SIGKILL. */
        KILL,
        /** SIGSTOP, and SIGCONT later. */
        FREEZE,
        /** Stopped as one does who maintains it, and started again. */
        STOP,
        /** Its connections are cut; maybe none can be made for a while. */
        CUT,
        /** The function fails, hangs or answers late: no reason to call it again after a success. */
        MISBEHAVE
    }

    /** Whether a call that succeeded may be made again: the caller, or where it writes down its success, was hit. */
    boolean mayRepeatCalls() {
        return what != Kind.MISBEHAVE && (target.equals("function-invoker") || target.equals("postgresql"));
    }

    /** Whether it was killed and there was another to do its work. */
    boolean leavesAnother() {
        return what == Kind.KILL && replicas > 1;
    }

    String line() {
        return Journal.line(what, target, from, to, replicas);
    }

    static Disturbance parse(String line) {
        String[] field = Journal.fields(line);
        return new Disturbance(
                Kind.valueOf(field[0]),
                field[1],
                Long.parseLong(field[2]),
                Long.parseLong(field[3]),
                Integer.parseInt(field[4]));
    }

    @Override
    public String toString() {
        return "%s %s%s at %.1f s".formatted(what, target, replicas == 1 ? "" : " (1 of " + replicas + ")", from / 1e9);
    }
}
